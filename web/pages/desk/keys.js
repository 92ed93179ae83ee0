// The keyboard of the desk: one table of keys, one listener.

import { recall, remember } from "/static/shared/storage.js";

const SWITCH = "desk.single-keys";

/** Keys as the start page lists them: what to press, and what it does. */
export const KEY_HELP = [
  [["/", "Ctrl+K"], "回到搜索框"],
  [["Enter"], "马上查，并选中整句：再打字就是新问题"],
  [["1", "…", "9"], "回车以后，选第几个事项或证明；再按一次取消"],
  [["Alt+1", "…", "Alt+9"], "打字中途也能选"],
  [["Alt+P"], "换：没说、本人、代理人"],
  [["Alt+O"], "换：没说、本市出具、外地出具"],
  [["Alt+C"], "复制要念的话"],
  [["Alt+G"], "收起或展开判断过程"],
  [["↑", "↓"], "在搜索框里翻查过的问题"],
  [["Esc"], "清空，接下一个来电"],
];

/** Whether keys without Ctrl or Alt act; people who dictate to the computer switch them off (WCAG 2.1.4). */
export const hasSingleKeys = () => recall(SWITCH) !== "off";

export function switchSingleKeys() {
  remember(SWITCH, hasSingleKeys() ? "off" : null);
}

/**
 * @param {object} actions without arguments: `focus`, `clear`, `copy`, `turnPerson`, `turnIssued`, `toggleTrace`, and
 *   the questions `isOpen` (is the desk there at all) and `isArmed` (does a bare digit choose, although the search box
 *   has the focus); with a number: `choose`, `hasChoice`
 */
export function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || !actions.isOpen()) return;
    const action = actionFor(event, actions);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actionFor(event, actions) {
  if (event.key === "Escape") return actions.clear;
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return event.code === "KeyK" ? actions.focus : null;
  if (event.altKey) return withAlt(event, actions);
  return hasSingleKeys() ? singleKey(event, actions) : null;
}

// Read by place on the keyboard: with Alt held, some systems type another letter.
function withAlt({ code, ctrlKey }, actions) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  if (ctrlKey) return null; // AltGr
  if (digit) return () => actions.choose(Number(digit));
  return { KeyC: actions.copy, KeyP: actions.turnPerson, KeyO: actions.turnIssued, KeyG: actions.toggleTrace }[code];
}

function singleKey({ key, target }, actions) {
  const isTyping = target instanceof Element && target.matches("input:not([type=radio]), textarea, [contenteditable]");
  if (isTyping && !actions.isArmed()) return null;
  if (/^[1-9]$/.test(key)) return actions.hasChoice(Number(key)) ? () => actions.choose(Number(key)) : null;
  return key === "/" && !isTyping ? actions.focus : null;
}
