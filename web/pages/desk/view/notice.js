// One line under the search box for what goes wrong, and for a session that is about to end.

import { el } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";

const WARNING_MS = 5 * 60_000;
// Longer waits overflow the browser's timers.
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** @param {{signInAgain: () => void}} actions */
export function noticeLine(root, { signInAgain }) {
  let timer = 0;
  let isWarning = false;

  function show(words, label, act) {
    const button = el("button.button.notice__button", { type: "button", onClick: act }, label);
    root.replaceChildren(icon("info"), el("span", {}, words), button);
    root.hidden = false;
  }

  function warn() {
    isWarning = true;
    show("登录快到期了，得空时再登录一次，问题会留着。", "现在登录", signInAgain);
  }

  function clear() {
    if (!isWarning) root.hidden = true;
  }

  function rest() {
    clearTimeout(timer);
    isWarning = false;
    root.hidden = true;
  }

  return {
    clear,
    rest,
    complain: (words, { retry }) => show(words, "再试一次", retry),
    /** Warns shortly before the session ends. */
    watch(session) {
      rest();
      const wait = (session.remaining ?? 0) - WARNING_MS;
      if (wait > 0 && wait < LONGEST_WAIT_MS) timer = setTimeout(warn, wait);
    },
  };
}
