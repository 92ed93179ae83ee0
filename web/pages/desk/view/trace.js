// The engine's trace: what it read, what it found, how sure it was, and which rule or model decided.

import { el, hiddenText } from "/static/shared/dom.js";
import { reasonWord } from "../reasons.js";
import { isNamed, readSlots } from "../slots.js";
import { circumstanceWord, kindOfWord, kindWord, nameOf, percent, thresholdValue, thresholdWord } from "../words.js";
import { markMentions } from "./mentions.js";

const SHOWN = 5;
const HEADS = ["intent", "matter", "certificate", "faq"];

/** @param {object} answer of `GET /desk/search` */
export function traceNodes({ trace, understood, version }) {
  const reasons = readSlots(trace).rules.map((rule) => el("li", {}, reasonWord(rule, trace.mentions)));
  return [
    block("读成这样", ...markMentions(trace.normalised, trace.mentions), segmentLine(trace.segments)),
    block("谁说了算", reasons.length ? el("ol.decided", {}, ...reasons) : null),
    block("有多大把握", surenessTable(trace, understood.confidence), thresholdList(trace.thresholds)),
    ...sortHeads(trace.scores).map((head) => block(titleOf(head, trace), candidateTable(head, trace.scores[head]))),
    el("p.trace__version", {}, "目录版本 ", el("span.digits", {}, version)),
  ].filter(Boolean);
}

function titleOf(head, trace) {
  return `${kindWord(head)}候选${isNamed(trace, head) ? "" : "（话里没提到，只是猜）"}`;
}

/** Heads with candidates: the known ones in their order, `certificate 2` after `certificate 1`, others last. */
function sortHeads(scores) {
  const rank = (head) => HEADS.indexOf(head.split(" ")[0]) >>> 0;
  return Object.keys(scores)
    .filter((head) => scores[head].length)
    .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));
}

function block(title, ...content) {
  const shown = content.filter(Boolean);
  return shown.length ? el("div.trace__block", {}, el("h3.heading", {}, title), ...shown) : null;
}

function segmentLine(segments) {
  if (!segments.length) return null;
  return el("p.segments", {}, hiddenText("分词："), ...segments.flatMap((segment) => [segmentOf(segment), " "]));
}

/** A run of characters that the model gave one role, as `无房证明/证明`; without one, `要`. */
function segmentOf(segment) {
  const [, word, role] = /^(.*?)(?:\/([^/]+))?$/s.exec(segment);
  const kind = kindOfWord(role);
  return el("span.segment", { "data-kind": kind }, word, role ? el("span.segment__role", {}, role) : null);
}

/** Calibrated probabilities against the marks from which the engine answers or asks first. */
function surenessTable(trace, confidence) {
  const { thresholds } = trace;
  const marks = [thresholds.confirm_at, thresholds.answer_at].filter((mark) => mark > 0 && mark < 1);
  const { slots, circumstances } = readSlots(trace);
  const named = slots.filter((slot) => slot.named >= (thresholds.name_at ?? 0));
  const rows = named.map(({ kind, right }) => scoreRow(`${kindWord(kind)}没认错`, right, marks));
  rows.push(...circumstances.map((circumstance) => circumstanceRow(circumstance, thresholds)));
  return el(
    "table.candidates",
    {},
    el("caption.visually-hidden", {}, "把握"),
    el("tbody", {}, scoreRow("整句没听错", confidence, marks, "candidates__best"), ...rows),
  );
}

function circumstanceRow({ id, share, isCued }, thresholds) {
  const mark = thresholds[isCued ? `cued_${id}_at` : `${id}_at`] ?? thresholds[`${id}_at`];
  return scoreRow(circumstanceWord(id), share, [mark].filter(Boolean));
}

function candidateTable(head, all) {
  const candidates = all.slice(0, SHOWN);
  const rows = candidates.map((candidate, index) => {
    const name = [nameOf(head, candidate), head === "intent" ? null : idOf(candidate)];
    return scoreRow(name, candidate.score, [], index ? null : "candidates__best");
  });
  return el(
    "table.candidates",
    {},
    el("caption.visually-hidden", {}, `${kindWord(head)}候选`),
    el("tbody", {}, ...rows),
    marginRow(candidates),
  );
}

function scoreRow(name, score, marks, kind = null) {
  return el(
    "tr",
    { class: kind },
    el("th", { scope: "row" }, ...[name].flat().filter(Boolean)),
    el("td.candidates__bar", {}, bar(score, marks)),
    el("td.candidates__score.digits", {}, percent(score)),
  );
}

function idOf({ id }) {
  return el("span.candidates__id.digits", {}, id);
}

function marginRow([first, second]) {
  if (!second) return null;
  const words = `领先第二名 ${percent(first.score - second.score)}`;
  return el("tfoot", {}, el("tr", {}, el("td", { colspan: "3" }, words)));
}

function bar(score, marks) {
  const node = el("span.bar-chart", { "aria-hidden": "true" });
  node.style.setProperty("--score", String(Math.min(Math.max(score, 0), 1)));
  for (const mark of marks) {
    const tick = el("span.bar-chart__tick");
    tick.style.setProperty("--mark", String(mark));
    node.append(tick);
  }
  return node;
}

function thresholdList(thresholds) {
  const rows = Object.entries(thresholds);
  if (!rows.length) return null;
  const row = ([name, value]) => [el("dt", {}, thresholdWord(name)), el("dd.digits", {}, thresholdValue(value))];
  return el("dl.thresholds", {}, ...rows.flatMap(row));
}
