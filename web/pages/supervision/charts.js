// Charts as inline SVG, each also a table: one button turns one into the other.

import { el } from "/static/shared/dom.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {object} Bar
 * @property {string} label
 * @property {{size: number, tone: string}[]} parts drawn one after the other
 * @property {string} words what stands beside the bar
 */

/**
 * A chart of bars with its table behind it.
 * @param {{title: string, note?: string, bars: Bar[], head: string[], rows: (string|number)[][], empty: string}} told
 */
export function barChart({ title, note, legend = [], bars, head, rows, empty }) {
  if (!bars.length) return panel(title, note, null, el("p.empty", {}, empty));
  const most = Math.max(1, ...bars.map(({ parts }) => parts.reduce((sum, { size }) => sum + size, 0)));
  const keys = legend.map(([tone, label]) => el("span.legend__key", {}, swatch(tone), label));
  const chart = el("div.chart", {}, keys.length ? el("p.legend", {}, ...keys) : null, el("ul.bars", {}, ...bars.map((bar) => row(bar, most))));
  const table = el("div.scroll", { tabindex: "0", role: "region", "aria-label": `${title}的表格`, hidden: true }, tableOf(title, head, rows));
  const toggle = el("button.chip", { type: "button", "aria-pressed": "false", onClick: turn }, "看表格");

  function turn() {
    const isTable = table.hidden;
    table.hidden = !isTable;
    chart.hidden = isTable;
    toggle.setAttribute("aria-pressed", String(isTable));
  }

  return panel(title, note, toggle, chart, table);
}

/** A titled box; `tool` stands beside the title. */
export function panel(title, note, tool, ...content) {
  const id = `panel-${title}`;
  return el(
    "section.panel",
    { "aria-labelledby": id },
    el("div.panel__head", {}, el("h2.panel__title", { id }, title), tool),
    note ? el("p.panel__note", {}, note) : null,
    ...content,
  );
}

/** A table whose first column names the row; numbers stand to the right. */
export function tableOf(caption, head, rows) {
  return el(
    "table.table",
    {},
    el("caption.visually-hidden", {}, caption),
    el("thead", {}, el("tr", {}, ...head.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, ...rows.map(([name, ...cells]) => el("tr", {}, el("th", { scope: "row" }, name), ...cells.map(cell)))),
  );
}

const cell = (value) => el("td", {}, String(value));

function row({ label, parts, words }, most) {
  return el("li.bars__row", {}, el("span.bars__label", {}, label), drawBar(parts, most), el("span.bars__words", {}, words));
}

// Percentages, not a view box: the bar stretches with the page, and its words keep their size.
function drawBar(parts, most) {
  const svg = make("svg", { class: "bars__bar", width: "100%", height: "16", "aria-hidden": "true" });
  let left = 0;
  for (const { size, tone } of parts) {
    const width = (100 * size) / most;
    if (size) svg.append(make("rect", { class: `tone tone--${tone}`, x: `${left}%`, width: `${width}%`, height: "16", rx: "2" }));
    left += width;
  }
  return svg;
}

function swatch(tone) {
  const svg = make("svg", { class: "legend__swatch", width: "12", height: "12", "aria-hidden": "true" });
  svg.append(make("rect", { class: `tone tone--${tone}`, width: "12", height: "12", rx: "2" }));
  return svg;
}

function make(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
