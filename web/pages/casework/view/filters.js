// Which complaints are listed: one tap for what people look for most.

import { el, hiddenText } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";

const FILTERS = [
  ["在办", { state: "recorded,accepted,dispatched,handling,returned" }],
  ["待受理", { state: "recorded" }],
  ["待派单", { state: "accepted,returned" }],
  ["超期", { due: "overdue" }],
  ["快到期", { due: "soon" }],
  ["督办", { escalated: "true" }],
  ["已答复", { state: "answered,closed,followed_up,rated" }],
  ["差评", { poor_rating: "true" }],
  ["全部", {}],
];

/** @param {{choose: (filters: object) => void, refresh: () => void, take: () => void}} actions */
export function filterBar(root, { choose, refresh, take }) {
  const buttons = FILTERS.map(([label, filters]) =>
    el("button.filter", { type: "button", "aria-pressed": "false", onClick: () => press(label, filters) }, label),
  );
  const taking = el("button.button.button--main.list__take", { type: "button", onClick: take }, icon("plus"), "代来电人登记");
  const again = el("button.button.list__again", { type: "button", onClick: refresh }, icon("retry"), hiddenText("刷新"));
  root.append(
    el("div.list__deeds", {}, taking, again),
    el("div.filters", { role: "group", "aria-label": "看哪些工单" }, ...buttons),
  );

  function press(label, filters) {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.textContent === label));
    choose(filters);
  }

  return {
    show({ mayTake }) {
      taking.hidden = !mayTake;
      press(...FILTERS[0]);
    },
  };
}
