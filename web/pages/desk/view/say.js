// What the operator reads to the caller: large, alone, and one key away from the clipboard.

import { copyWords } from "/static/shared/clipboard.js";
import { el, paragraphs } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";

const SHOWN_MS = 2_000;
/** Longer words are set smaller, so that the verdicts stay in sight. */
const LONG = 120;

/** @param {string} words */
export function sayPanel(words, grounds) {
  const done = el("span.say__done", { role: "status" });
  const key = el("kbd.key", { "aria-hidden": "true" }, "Alt+C");
  const button = el("button.button.say__copy", { type: "button" }, icon("copy"), "复制", key);
  button.addEventListener("click", () => copyAndTell(words, done));
  return el(
    "section.say",
    { "aria-labelledby": "say-title" },
    el("header.say__head", {}, el("h2.heading", { id: "say-title" }, "念给来电人"), grounds, done, button),
    el(words.length > LONG ? "div.say__words.say__words--long" : "div.say__words", {}, ...paragraphs(words)),
  );
}

async function copyAndTell(words, done) {
  done.textContent = (await copyWords(words)) ? "已复制" : "没能复制，请选中文字再复制";
  setTimeout(() => (done.textContent = ""), SHOWN_MS);
}
