// Which days: two dates, and buttons for the usual spans.

import { el } from "/static/shared/dom.js";

const SPANS = [
  ["近30天", 30],
  ["近90天", 90],
  ["近一年", 365],
];
const DAY_MS = 86_400_000;

/** A day in China as YYYY-MM-DD. */
const dayOf = (time) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 10);

/** @param {{choose: (period: {from: string, to: string}) => void}} actions */
export function periodForm(root, { choose }) {
  const from = el("input.period__day", { type: "date", required: true, id: "from" });
  const to = el("input.period__day", { type: "date", required: true, id: "to" });
  const buttons = SPANS.map(([label, days]) => el("button.chip", { type: "button", onClick: () => span(days) }, label));
  const value = () => ({ from: from.value, to: to.value });

  function set(days) {
    to.value = dayOf(Date.now());
    from.value = dayOf(Date.now() - (days - 1) * DAY_MS);
    mark(days);
  }

  function span(days) {
    set(days);
    choose(value());
  }

  function mark(days) {
    SPANS.forEach(([, each], index) => buttons[index].setAttribute("aria-pressed", String(each === days)));
  }

  function change() {
    mark(0);
    // While one of the two days is still to be changed they may be the wrong way round.
    if (from.value && from.value <= to.value) choose(value());
  }

  from.addEventListener("change", change);
  to.addEventListener("change", change);
  root.addEventListener("submit", (event) => event.preventDefault());
  root.append(
    el("div.period__spans", { role: "group", "aria-label": "常用时间段" }, ...buttons),
    el("div.period__days", {}, el("label", { for: "from" }, "登记于"), from, el("label", { for: "to" }, "至"), to),
  );
  set(90);
  return {
    get value() {
      return value();
    },
  };
}
