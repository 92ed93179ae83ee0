// Wires the page of complaints: gate or work, with one service between them.

import { about, signIn } from "/static/desk/api.js";
import { Session } from "/static/desk/session.js";
import { accountMenu } from "/static/desk/view/account.js";
import { openGate } from "/static/desk/view/gate.js";
import { showNav } from "/static/desk/view/nav.js";
import { Casework } from "./casework.js";
import { Service } from "./service.js";

const node = (id) => document.getElementById(id);

const session = new Session();
const service = new Service(() => session.token);
const gate = openGate(node("gate"), { signIn: enter });
const account = accountMenu(node("account"), { signOut: () => leave() });
const casework = new Casework(service, { leave });

async function enter(login, password) {
  session.open(await signIn(login, password));
  gate.hide();
  show();
}

function show() {
  account.show(session.account);
  showNav(node("nav"), session.account.role, "/desk/complaints");
  node("casework").hidden = false;
  casework.open(session.account);
}

/** Back to the gate; nothing of anybody's complaint stays on the page. */
function leave(reason = "") {
  session.close();
  casework.close();
  node("casework").hidden = true;
  gate.show(reason);
}

async function nameService() {
  const { service_name: name } = await about().catch(() => ({}));
  if (!name) return;
  document.title = `投诉工单 · ${name}`;
  for (const each of document.querySelectorAll("[data-service-name]")) each.textContent = name;
  for (const each of document.querySelectorAll("[data-service-seal]")) each.textContent = name[0];
}

nameService();
if (session.account) show();
else gate.show();
