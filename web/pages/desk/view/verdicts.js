// Verdicts for people who must explain them: everything open, articles in full, entries and version to check by.

import { el, hiddenText } from "/static/shared/dom.js";
import { describeVerdict, knownKind } from "/static/shared/verdicts.js";
import { sampleNote, verdictSeal } from "/static/shared/verdict_card.js";

/**
 * @param {object} part a reply part of type `verdict`
 * @param {string|null} matter name of the matter it holds for; null where it holds whatever one applies for
 */
export function verdictSlip(part, matter) {
  return el(
    "article.slip.ruling",
    { "data-verdict": knownKind(part.verdict) },
    slipHead(part, matter),
    el("div.ruling__body", {}, whatToDo(part), onWhatBasis(part)),
    footnote(part),
  );
}

/** What a verdict is about; a title may repeat the conclusion, which stands beside it anyway. */
export function subjectOf({ title, verdict }) {
  const { word } = describeVerdict(verdict);
  const [, subject, end] = /^(.+)：([^：]+)$/s.exec(title ?? "") ?? [];
  return end && word.startsWith(end) ? subject : title;
}

function slipHead(part, matter) {
  const { verdict, measure } = part;
  const subject = [matter ? `办${matter}` : "办哪件事都一样", subjectOf(part)].filter(Boolean).join("：");
  return el(
    "header.slip__head",
    {},
    verdictSeal(verdict),
    el(
      "h3.slip__heading",
      {},
      el("span.slip__title", {}, subject, hiddenText("：")),
      el("span.slip__word", {}, describeVerdict(verdict).word),
    ),
    measure ? el("p.ruling__measure", {}, el("span.ruling__label", {}, "措施"), measure) : null,
  );
}

function whatToDo({ action, text }) {
  const words = action || text;
  return words ? el("div", {}, el("h4.heading", {}, "来电人怎么做"), el("p.ruling__action", {}, words)) : null;
}

function onWhatBasis({ basis }) {
  if (!basis?.length) return null;
  const articles = basis.map((article) => el("li", {}, article));
  return el("div", {}, el("h4.heading", {}, "依据"), el("ul.slip__basis", {}, ...articles));
}

function footnote(part) {
  const entries = part.entries ?? [];
  return el(
    "footer.ruling__foot",
    {},
    entries.length ? el("p", {}, "目录条目 ", el("span.digits", {}, entries.join(" "))) : null,
    part.version ? el("p", {}, "目录版本 ", el("span.digits", {}, part.version)) : null,
    sampleNote(part),
  );
}
