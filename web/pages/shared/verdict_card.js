// A verdict as a slip from the catalogue: conclusion, what to do, how it is checked, and the law folded away.

import { el } from "./dom.js";
import { fold } from "./fold.js";
import { icon } from "./icons.js";
import { splitSentences } from "./sentences.js";
import { describeVerdict, knownKind } from "./verdicts.js";

export const SAMPLE_NOTE = "示例数据，尚未经单位确认";
const ENTRIES_SHOWN = 3;
const BRIEF_LENGTH = 40;

/**
 * @param {object} part a reply part of type `verdict`
 * @param {{brief?: boolean}} options brief: only conclusion and action stay open, the rest is folded
 */
export function verdictCard(part, { brief = false } = {}) {
  const words = part.action || part.text || "";
  const [action, more] = brief ? splitSentences(words, BRIEF_LENGTH) : [words, ""];
  const facts = measureFact(part);
  const print = smallPrint(part);
  return el(
    "article.slip",
    { "data-verdict": knownKind(part.verdict) },
    slipHead(part),
    paragraph(describeVerdict(part.verdict).gloss),
    paragraph(action),
    brief ? null : facts,
    sampleNote(part),
    brief ? fold("看详细", paragraph(more), facts, basisList(part), print) : fold(basisLabel(part), basisList(part)),
    brief ? null : print,
  );
}

/** The small square that repeats the conclusion as an icon. */
export function verdictSeal(kind) {
  return el("span.slip__seal", {}, icon(describeVerdict(kind).icon));
}

/** Says that an answer rests on rows which the unit has not confirmed; null where it has. */
export function sampleNote(part) {
  return part.is_sample ? el("p.sample", {}, icon("info"), SAMPLE_NOTE) : null;
}

/** Entry ids and catalogue version, for whoever wants to check. */
export function smallPrint({ entries = [], version }) {
  const shown = entries.slice(0, ENTRIES_SHOWN).join("、");
  const more = entries.length > ENTRIES_SHOWN ? ` 等 ${entries.length} 条` : "";
  const words = [shown && `目录条目 ${shown}${more}`, version && `目录版本 ${version}`].filter(Boolean);
  return words.length ? el("p.slip__print", {}, words.join(" · ")) : null;
}

function slipHead({ title, verdict, matter, entries = [] }) {
  // The title ends in the conclusion ("户口簿：不用带") for clients that show titles alone; here it stands large below.
  const [subject] = (title ?? "").split("：");
  const occasion = matter ? `办“${matter}”` : entries.length > 1 && `目录里的 ${entries.length} 件事都一样`;
  return el(
    "header.slip__head",
    {},
    verdictSeal(verdict),
    el(
      "h3.slip__heading",
      {},
      subject && el("span.slip__title", {}, subject),
      el("span.slip__word", {}, describeVerdict(verdict).word),
      occasion && el("span.slip__occasion", {}, occasion),
    ),
  );
}

function paragraph(words) {
  return words ? el("p.slip__action", {}, words) : null;
}

/** How it is spared; of one that must be brought there is nothing to say. */
function measureFact({ measure, verdict }) {
  return measure && verdict !== "needed" ? el("dl.slip__facts", {}, el("dt", {}, "办法"), el("dd", {}, measure)) : null;
}

function basisLabel({ basis = [] }) {
  return `看依据（${basis.length} 条）`;
}

function basisList({ basis = [] }) {
  return basis.length ? el("ul.slip__basis", {}, ...basis.map((article) => el("li", {}, article))) : null;
}
