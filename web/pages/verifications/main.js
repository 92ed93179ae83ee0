// Wires the page of verifications: gate or queue, read anew every quarter of a minute.

import { about, call, signIn } from "/static/desk/api.js";
import { Session } from "/static/desk/session.js";
import { accountMenu } from "/static/desk/view/account.js";
import { openGate } from "/static/desk/view/gate.js";
import { showNav } from "/static/desk/view/nav.js";
import { askForm, detailForm, moveForm } from "./forms.js";
import { figuresTable, headOf, rowOf } from "./rows.js";

const PAUSE_MS = 15_000;
const LAWFUL = "办理申请的事项";
const node = (id) => document.getElementById(id);

const session = new Session();
const gate = openGate(node("gate"), { signIn: enter });
const account = accountMenu(node("account"), { signOut: () => leave() });
const dialog = node("dialog");
let showsAll = false;
let timer = 0;

const ask = (path, options = {}) => call(`/desk/verifications${path}`, { ...options, token: session.token });

const deeds = {
  ask: () => openDialog(askForm((body) => ask("", { method: "POST", body }), close)),
  move: (row, move) => openDialog(moveForm(row, move, (body) => ask(`/${row.id}/moves`, { method: "POST", body }), close)),
  accept: async (row) => {
    await ask(`/${row.id}/moves`, { method: "POST", body: { move: "accept" } }).catch(tell);
    await refresh();
  },
  read: async (row) => {
    const detail = await ask(`/${row.id}/read`, { method: "POST", body: { purpose: LAWFUL } }).catch(tell);
    if (detail) openDialog(detailForm(detail, close));
  },
  toggle: () => {
    showsAll = !showsAll;
    refresh();
  },
};

async function enter(login, password) {
  session.open(await signIn(login, password));
  gate.hide();
  show();
}

function show() {
  account.show(session.account);
  showNav(node("nav"), session.account.role, "/desk/verifications");
  node("work").hidden = false;
  refresh();
}

/** Back to the gate; nobody's data stays on the page. */
function leave(reason = "") {
  session.close();
  clearTimeout(timer);
  node("rows").replaceChildren();
  node("figures").replaceChildren();
  node("work").hidden = true;
  if (dialog.open) dialog.close();
  gate.show(reason);
}

async function refresh() {
  clearTimeout(timer);
  try {
    const [queue, figures] = await Promise.all([ask(`?all=${showsAll}`), ask("/statistics?days=30")]);
    const now = Date.now();
    node("notice").hidden = true;
    node("head").replaceChildren(...headOf(queue, showsAll, session.account.role, deeds));
    node("rows").replaceChildren(
      ...(queue.rows.length ? queue.rows.map((row) => rowOf(row, now, deeds)) : [emptyRow()]),
    );
    node("figures").replaceChildren(...figuresTable(figures));
  } catch (error) {
    tell(error);
  }
  if (session.account) timer = setTimeout(refresh, PAUSE_MS);
}

function emptyRow() {
  const row = document.createElement("li");
  row.className = "empty";
  row.textContent = showsAll ? "还没有核实。" : "没有等着的核实。";
  return row;
}

function tell(error) {
  if (error.isUnauthenticated) return leave("登录已过期，请再登录一次。");
  node("notice").textContent = error.message;
  node("notice").hidden = false;
  return null;
}

function openDialog(form) {
  dialog.replaceChildren(form);
  dialog.showModal();
}

function close() {
  dialog.close();
  dialog.replaceChildren();
  refresh();
}

async function nameService() {
  const { service_name: name } = await about().catch(() => ({}));
  if (!name) return;
  document.title = `协助核实 · ${name}`;
  for (const each of document.querySelectorAll("[data-service-name]")) each.textContent = name;
  for (const each of document.querySelectorAll("[data-service-seal]")) each.textContent = name[0];
}

nameService();
if (session.account) show();
else gate.show();
