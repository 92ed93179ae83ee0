// All certificates of a matter in groups that fold: first what need no longer be brought.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { SAMPLE_NOTE, sampleNote, smallPrint, verdictSeal } from "./verdict_card.js";
import { describeVerdict, knownKind } from "./verdicts.js";

/**
 * @param {object} part a reply part of type `materials`
 * @param {{brief?: boolean}} options brief: every group starts folded
 */
export function materialList(part, { brief = false } = {}) {
  const { groups = [] } = part;
  const [lead, ...notes] = ownLines(part);
  return el(
    "article.slip.slip--list",
    {},
    el("h3.slip__list-title", {}, part.title ?? ""),
    lead && el("p.slip__action", {}, lead),
    ...groups.map((group, index) => groupFold(group, !brief && index === 0)),
    ...notes.map((note) => el("p.slip__print", {}, note)),
    sampleNote(part),
    smallPrint({ version: part.version }),
  );
}

/** The lines of the text that tell more than the groups below them and the note on samples. */
function ownLines({ text = "", groups = [] }) {
  return text
    .replace(`（${SAMPLE_NOTE}）`, "")
    .split("\n")
    .filter((line) => line && !groups.some(({ title }) => line.startsWith(`${title}：`)));
}

function groupFold(group, open) {
  const items = group.items ?? [];
  return el(
    "details.fold.group",
    { "data-verdict": knownKind(group.verdict), open },
    el(
      "summary",
      {},
      verdictSeal(group.verdict),
      el("span.group__title", {}, group.title ?? describeVerdict(group.verdict).word),
      el("span.group__count", {}, `${items.length} 样`),
      icon("chevron"),
    ),
    el("ul.group__items", {}, ...items.map((item) => materialItem(item, group.title))),
  );
}

function materialItem(item, groupTitle = "") {
  const tag = item.measure && !groupTitle.includes(item.measure) && el("span.tag", {}, item.measure);
  return el(
    "li.material",
    {},
    el(
      "p.material__head",
      {},
      el("span.material__name", {}, item.name),
      tag,
      item.entry ? el("span.material__entry", {}, item.entry) : null,
    ),
    item.action ? el("p.material__action", {}, item.action) : null,
  );
}
