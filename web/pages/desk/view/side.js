// The right side: the trace, which folds, and the searches of this tab.

import { el, hiddenText } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";
import { recall, remember } from "/static/shared/storage.js";
import { describeVerdict, knownKind } from "/static/shared/verdicts.js";
import { circumstanceWord, timeOfDay } from "../words.js";
import { traceNodes } from "./trace.js";

const FOLDED = "desk.trace-folded";

/** @param {{trace: Element, board: Element}} nodes board: gets a class while the trace is folded */
export function tracePanel({ trace, board }) {
  const body = el("div.trace__body", { id: "trace-body" }, el("p.trace__empty", {}, "查了以后，这里看引擎怎么判断的。"));
  const button = el(
    "button.trace__toggle",
    { type: "button", "aria-controls": "trace-body", onClick: toggle },
    "判断过程",
    el("kbd.key", { "aria-hidden": "true" }, "Alt+G"),
    icon("chevron"),
  );
  trace.append(el("h2", {}, button), body);
  show((recall(FOLDED) ?? (isNarrow() ? "yes" : "no")) === "yes");

  function show(isFolded) {
    button.setAttribute("aria-expanded", String(!isFolded));
    body.hidden = isFolded;
    board.classList.toggle("board--wide", isFolded);
  }

  function toggle() {
    const isFolded = !body.hidden;
    remember(FOLDED, isFolded ? "yes" : "no");
    show(isFolded);
  }

  return {
    toggle,
    show: (answer) => body.replaceChildren(...traceNodes(answer)),
    clear: () => body.replaceChildren(el("p.trace__empty", {}, "查了以后，这里看引擎怎么判断的。")),
  };
}

function isNarrow() {
  return window.matchMedia("(max-width: 60rem)").matches;
}

/** @param {{repeat: (question: object) => void}} actions */
export function historyPanel(root, { repeat }) {
  const list = el("ol.history__list");
  const empty = el("p.trace__empty", {}, "还没有查过。只记在这一页里，关掉就没有了。");
  root.append(el("h2.heading.history__title", {}, "查过的"), empty, list);

  return {
    show(past) {
      empty.hidden = past.length > 0;
      list.replaceChildren(...past.map((entry) => el("li", {}, pastButton(entry, repeat))));
    },
  };
}

function pastButton({ question, verdict, at }, repeat) {
  const set = [question.person, question.issued].filter(Boolean).map(circumstanceWord);
  return el(
    "button.past",
    { type: "button", onClick: () => repeat(question) },
    el("span.past__dot", { "data-verdict": verdict ? knownKind(verdict) : null, "aria-hidden": "true" }),
    el("span.past__text", {}, question.text, ...set.map((word) => el("span.past__set", {}, word))),
    verdict ? hiddenText(`，${describeVerdict(verdict).word}`) : null,
    el("time.past__time.digits", { datetime: at.toISOString() }, timeOfDay(at)),
  );
}
