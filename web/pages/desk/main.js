// Wires the desk: gate or desk, and between them one search.

import { about, search as askService, signIn } from "./api.js";
import { Desk } from "./desk.js";
import { Session } from "./session.js";
import { Search } from "./search.js";
import { openGate } from "./view/gate.js";

const node = (id) => document.getElementById(id);

const session = new Session();
const search = new Search((question, signal) => askService(session.token, question, signal));
const gate = openGate(node("gate"), { signIn: enter });
const desk = new Desk({ search, leave });

async function enter(login, password) {
  session.open(await signIn(login, password));
  gate.hide();
  desk.show(session);
}

/** Back to the gate. `reason` is told where the operator did not ask for it; then the question waits for the return. */
function leave(reason = "") {
  session.close();
  desk.hide({ isKept: Boolean(reason) });
  gate.show(reason);
}

async function nameService() {
  try {
    const { service_name: name } = await about();
    if (!name) return;
    document.title = `接线台 · ${name}`;
    for (const each of document.querySelectorAll("[data-service-name]")) each.textContent = name;
    for (const each of document.querySelectorAll("[data-service-seal]")) each.textContent = name[0];
  } catch {
    // The name in the document stands.
  }
}

nameService();
if (session.account) desk.show(session);
else gate.show();
