// The list: one line tells number, subject and state, the next how long it may still take.

import { el } from "/static/shared/dom.js";
import { protectionWord, ratingWord, remainingWord, toneOf } from "../words.js";

export function rowNodes(rows, chosen) {
  if (!rows.length) return [el("li.rows__none", {}, "没有符合的工单")];
  return rows.map((row) => el("li", {}, rowLink(row, chosen)));
}

export function moreButton(next, load) {
  return next ? [el("button.button", { type: "button", onClick: load }, "再看更早的")] : [];
}

function rowLink(row, chosen) {
  return el(
    "a.row",
    { href: `#${row.number}`, "data-number": row.number, "aria-current": row.number === chosen ? "true" : null },
    el("span.row__title", {}, row.title || "（没有写明事项）"),
    stateBadge(row),
    el("span.row__number.digits", {}, row.number),
    el("span.row__unit", {}, row.unit || row.about_unit || "单位待定"),
    el("span.row__marks", {}, ...marksOf(row)),
  );
}

export function stateBadge({ state, state_label: label }) {
  return el(`span.badge.badge--${toneOf(state)}`, {}, label);
}

export function marksOf(row) {
  return [
    row.due_at && !row.is_paused && mark(row.is_overdue ? "alarm" : "plain", remainingWord(row.due_at)),
    row.is_paused && mark("plain", "计时暂停"),
    row.is_escalated && mark("alarm", "督办"),
    row.urged > 0 && mark("warn", `催${row.urged}次`),
    row.reopened > 0 && mark("warn", `重开${row.reopened}次`),
    row.rating !== null && mark(row.rating <= 2 ? "alarm" : "plain", ratingWord(row.rating)),
    mark("plain", protectionWord(row.protection)),
  ].filter(Boolean);
}

function mark(kind, text) {
  return el(`span.mark.mark--${kind}`, {}, text);
}
