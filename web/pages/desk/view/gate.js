// The gate before the desk: who we are, and the sign-in form.

import { el } from "/static/shared/dom.js";
import { signInForm } from "./sign_in.js";

/** @param {{signIn: (login: string, password: string) => Promise<void>}} actions */
export function openGate(root, actions) {
  const form = signInForm(actions);
  root.append(
    el(
      "div.gate__card",
      {},
      el(
        "header.gate__head",
        {},
        el("span.brand__seal", { "data-service-seal": true, "aria-hidden": "true" }, "免"),
        el("h1.gate__title", {}, el("span", { "data-service-name": true }, "免证办"), "接线台"),
      ),
      form.node,
      el("p.gate__note", {}, "账号由管理员开。离开座位请退出。"),
    ),
  );

  return {
    show(reason = "") {
      root.hidden = false;
      form.open(reason);
    },
    hide() {
      root.hidden = true;
    },
  };
}
