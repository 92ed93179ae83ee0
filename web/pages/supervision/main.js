// Wires the supervisor's page: gate, period, and the numbers of that period.

import { about, call, signIn } from "/static/desk/api.js";
import { Session } from "/static/desk/session.js";
import { accountMenu } from "/static/desk/view/account.js";
import { openGate } from "/static/desk/view/gate.js";
import { showNav } from "/static/desk/view/nav.js";
import { fileList } from "./files.js";
import { overviewNodes } from "./overview.js";
import { periodForm } from "./period.js";

const node = (id) => document.getElementById(id);

const session = new Session();
const gate = openGate(node("gate"), { signIn: enter });
const account = accountMenu(node("account"), { signOut: () => leave() });
const period = periodForm(node("period"), { choose: load });
let asked = null;

async function enter(login, password) {
  session.open(await signIn(login, password));
  gate.hide();
  show();
}

function show() {
  account.show(session.account);
  showNav(node("nav"), session.account.role, "/desk/supervision");
  node("page").hidden = false;
  load(period.value);
}

/** Back to the gate; no number stays on the page. */
function leave(reason = "") {
  session.close();
  asked?.abort();
  node("board").replaceChildren();
  node("page").hidden = true;
  gate.show(reason);
}

async function load({ from, to }) {
  asked?.abort();
  const mine = (asked = new AbortController());
  node("board").setAttribute("aria-busy", "true");
  try {
    const path = `/desk/supervision?${new URLSearchParams({ from, to })}`;
    const [overview, files] = await Promise.all([call(path, { token: session.token, signal: mine.signal }), listFiles()]);
    if (mine.signal.aborted) return;
    complain("");
    node("board").replaceChildren(...overviewNodes(overview), fileList(files));
    node("announcer").textContent = `${from} 至 ${to}，登记 ${overview.filed} 件`;
  } catch (error) {
    if (!mine.signal.aborted) fail(error);
  } finally {
    if (mine === asked) node("board").setAttribute("aria-busy", "false");
  }
}

async function listFiles() {
  const response = await fetch("/open-data").catch(() => null);
  return response?.ok ? (await response.json()).files : [];
}

function fail(error) {
  if (error.isUnauthenticated) return leave("登录已到期，请再登录一次。");
  if (error.isForbidden) return leave("这一页给督办人员看，请换督办人员的账号登录。");
  return complain(error.message);
}

function complain(text) {
  node("notice").hidden = !text;
  node("notice").textContent = text;
}

async function nameService() {
  const { service_name: name } = await about().catch(() => ({}));
  if (!name) return;
  document.title = `监督 · ${name}`;
  for (const each of document.querySelectorAll("[data-service-name]")) each.textContent = name;
  for (const each of document.querySelectorAll("[data-service-seal]")) each.textContent = name[0];
}

nameService();
if (session.account) show();
else gate.show();
