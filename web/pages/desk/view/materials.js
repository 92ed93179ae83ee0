// Every certificate of the matter in two or three groups; one click answers for that certificate.

import { el, hiddenText } from "/static/shared/dom.js";
import { describeVerdict, knownKind } from "/static/shared/verdicts.js";
import { sampleNote, verdictSeal } from "/static/shared/verdict_card.js";

/**
 * @param {object} part a reply part of type `materials`
 * @param {{current: string[], ask: (certificate: string) => void}} options current: certificates answered above
 */
export function materialsPanel(part, { current, ask }) {
  return el(
    "section.slip.slip--list.materials",
    { "aria-labelledby": "materials-title" },
    el("h2.slip__list-title", { id: "materials-title" }, part.title || "这件事的全部证明"),
    ...(part.groups ?? []).map((group) => materialGroup(group, current, ask)),
    sampleNote(part),
  );
}

function materialGroup(group, current, ask) {
  const row = (item) => materialRow(item, { isCurrent: current.includes(item.certificate), ask });
  return el(
    "div.materials__group",
    { "data-verdict": knownKind(group.verdict) },
    el(
      "h3.materials__title",
      {},
      verdictSeal(group.verdict),
      el("span.group__title", {}, group.title || describeVerdict(group.verdict).word),
      el("span.group__count", {}, `${group.items.length} 样`),
    ),
    el("ul.materials__rows", {}, ...group.items.map(row)),
  );
}

function materialRow(item, { isCurrent, ask }) {
  return el(
    isCurrent ? "li.row.row--current" : "li.row",
    {},
    el(
      "button.row__name",
      { type: "button", "aria-current": isCurrent, onClick: () => ask(item.certificate) },
      item.name,
      hiddenText(isCurrent ? "（就是上面这一样）" : "（看这一样）"),
    ),
    el("span.row__measure", {}, item.measure || "—"),
    el("span.row__action", {}, item.action),
    el("span.row__entry.digits", {}, item.entry),
  );
}
