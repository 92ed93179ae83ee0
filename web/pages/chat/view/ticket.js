// A complaint's card: its number to write down or copy, how it stands, and what happened so far.

import { copyWords } from "/static/shared/clipboard.js";
import { el } from "/static/shared/dom.js";
import { fold } from "/static/shared/fold.js";
import { icon } from "/static/shared/icons.js";

const SHOWN = 3;
const TOLD_MS = 2_500;

/** @param {{number: ?string, title: ?string, state: ?string, text: string, details: ?string[], timeline: ?object[]}} part */
export function ticketCard({ number, title, state, text, details = [], timeline = [] }) {
  const lines = state ? details : [text];
  return el(
    "section.ticket",
    { "aria-label": `投诉编号 ${number ?? ""}` },
    el("div.ticket__head", {}, icon("ticket"), el("span", {}, "投诉编号"), state ? el("span.ticket__state", {}, state) : null),
    el("p.ticket__number", {}, el("strong", {}, number ?? ""), number ? copyButton(number) : null),
    title ? el("p.ticket__title", {}, title) : null,
    ...lines.filter(Boolean).map((line) => el("p.ticket__text", {}, line)),
    ...history(timeline),
  );
}

function copyButton(number) {
  const words = el("span", { "aria-live": "polite" }, "复制");
  const copy = async () => {
    words.textContent = (await copyWords(number)) ? "已复制" : "请长按编号复制";
    setTimeout(() => (words.textContent = "复制"), TOLD_MS);
  };
  return el("button.button.ticket__copy", { type: "button", onClick: copy }, icon("copy"), words);
}

/** The latest first: that is what somebody looks for. */
function history(timeline) {
  const lines = [...timeline].reverse().map(line);
  if (!lines.length) return [];
  const older = lines.length > SHOWN ? fold("看以前的", el("ol.timeline", {}, ...lines.slice(SHOWN))) : null;
  return [el("ol.timeline", { "aria-label": "办理经过，最近的在前" }, ...lines.slice(0, SHOWN)), older];
}

function line({ at, label, text }) {
  const date = new Date(at);
  const words = date.toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });
  return el(
    "li.timeline__line",
    {},
    el("p.timeline__head", {}, el("strong", {}, label), " ", el("time", { datetime: at }, words)),
    text ? el("p.timeline__text", {}, text) : null,
  );
}
