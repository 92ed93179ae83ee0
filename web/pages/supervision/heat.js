// Which unit still demands which certificate: a table whose darker cells are the larger counts.

import { el } from "/static/shared/dom.js";
import { panel } from "./charts.js";

const STEPS = 5;

/** @param {{units: object[], certificates: object[], cells: object[], least: number}} overview */
export function heatTable({ units, certificates, cells, least }) {
  const title = "还在要证明的单位";
  const note = `投诉里说到的索要，按登记时涉及的单位和证明数。不到 ${least} 件的只写“<${least}”；查明合法的、撤回的不算。`;
  if (!cells.length) return panel(title, note, null, el("p.empty", {}, "这段时间没有说到索要证明的投诉。"));
  const counts = new Map(cells.map(({ unit, certificate, count }) => [`${unit} ${certificate}`, count]));
  const most = Math.max(least, ...cells.map(({ count }) => count ?? 0));
  const head = el("tr", {}, el("th.heat__corner", { scope: "col" }, "单位"), ...certificates.map(({ name }) => el("th", { scope: "col" }, name)));
  const rows = units.map(({ id, name }) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, name),
      ...certificates.map((each) => heatCell(counts.get(`${id} ${each.id}`), { least, most })),
    ),
  );
  const table = el("table.heat", {}, el("caption.visually-hidden", {}, title), el("thead", {}, head), el("tbody", {}, ...rows));
  return panel(title, note, null, el("div.scroll", { tabindex: "0", role: "region", "aria-label": title }, table));
}

function heatCell(count, { least, most }) {
  if (count === undefined) return el("td.heat__none", {}, "0");
  if (count === null) return el("td.heat__few", {}, `<${least}`);
  const step = Math.min(STEPS, 1 + Math.floor((STEPS * (count - least)) / (most - least + 1)));
  return el(`td.heat__step-${step}`, {}, String(count));
}
