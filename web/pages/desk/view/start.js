// The empty desk: ready for the next caller, with the keys to know and the searches of this tab.

import { el, hiddenText } from "/static/shared/dom.js";
import { hasSingleKeys, KEY_HELP, switchSingleKeys } from "../keys.js";

export function startNodes() {
  return [
    el(
      "section.start",
      {},
      el("h2.start__title", {}, "听来电人说，把话打进去"),
      el("p.start__line", {}, "边打边查，不用等说完。说到谁来办、证在哪里开的，用上面两个开关。"),
      el("h3.heading", {}, "键盘"),
      el("dl.keys", {}, ...KEY_HELP.flatMap(keyRow)),
      singleKeySwitch(),
    ),
  ];
}

function keyRow([keys, does]) {
  const caps = keys.flatMap((key, index) => [index ? " " : null, key === "…" ? key : el("kbd.key", {}, key)]);
  return [el("dt", {}, ...caps), el("dd", {}, does)];
}

function singleKeySwitch() {
  const state = el("span.keys__state");
  const button = el("button.keys__switch", { type: "button" }, hiddenText("单键："), "不配 Ctrl、Alt 的按键（/ 和数字）", state);
  const show = () => {
    button.setAttribute("aria-pressed", String(hasSingleKeys()));
    state.textContent = hasSingleKeys() ? "开" : "关";
  };
  button.addEventListener("click", () => {
    switchSingleKeys();
    show();
  });
  show();
  return button;
}
