// A verdict as a slip from the catalogue: conclusion, what to do, how it is checked, and the law folded away.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { describeVerdict, knownKind } from "./verdicts.js";

const ENTRIES_SHOWN = 3;

/**
 * @param {object} part a reply part of type `verdict`
 * @param {{brief?: boolean}} options brief: only conclusion and action stay open, the rest is folded
 */
export function verdictCard(part, { brief = false } = {}) {
  const facts = measureFact(part.measure);
  const print = smallPrint(part);
  return el(
    "article.slip",
    { "data-verdict": knownKind(part.verdict) },
    slipHead(part),
    actionText(part),
    brief ? null : facts,
    sampleNote(part),
    details(part, brief ? [facts, print] : []),
    brief ? null : print,
  );
}

/** The small square that repeats the conclusion as an icon. */
export function verdictSeal(kind) {
  return el("span.slip__seal", {}, icon(describeVerdict(kind).icon));
}

/** Says that an answer rests on rows which the unit has not confirmed; null where it has. */
export function sampleNote(part) {
  return part.is_sample ? el("p.sample", {}, icon("info"), "示例数据，尚未经单位确认") : null;
}

/** Entry ids and catalogue version, for whoever wants to check. */
export function smallPrint({ entries = [], version }) {
  const shown = (entries ?? []).slice(0, ENTRIES_SHOWN).join("、");
  const more = entries?.length > ENTRIES_SHOWN ? ` 等 ${entries.length} 条` : "";
  const words = [shown && `目录条目 ${shown}${more}`, version && `目录版本 ${version}`].filter(Boolean);
  return words.length ? el("p.slip__print", {}, words.join(" · ")) : null;
}

function slipHead(part) {
  return el(
    "header.slip__head",
    {},
    verdictSeal(part.verdict),
    el(
      "h3.slip__heading",
      {},
      part.title ? el("span.slip__title", {}, part.title) : null,
      el("span.slip__word", {}, describeVerdict(part.verdict).word),
    ),
  );
}

function actionText(part) {
  const words = part.action || part.text;
  return words ? el("p.slip__action", {}, words) : null;
}

function measureFact(measure) {
  if (!measure) return null;
  return el("dl.slip__facts", {}, el("dt", {}, "办法"), el("dd", {}, measure));
}

function details({ basis }, folded) {
  const articles = (basis ?? []).map((article) => el("li", {}, article));
  const inside = folded.filter(Boolean);
  if (!articles.length && !inside.length) return null;
  const label = inside.length ? "看详细" : `看依据（${articles.length} 条）`;
  return el(
    "details.fold",
    {},
    el("summary", {}, label, icon("chevron")),
    ...inside.slice(0, 1),
    articles.length ? el("ul.slip__basis", {}, ...articles) : null,
    ...inside.slice(1),
  );
}
