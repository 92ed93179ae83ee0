// The pages that people at work may open, by role.

import { el } from "/static/shared/dom.js";

const PAGES = [
  ["/desk", "接线台", ["operator", "staff", "supervisor"]],
  ["/desk/complaints", "投诉工单", ["operator", "handler", "supervisor"]],
  ["/desk/verifications", "协助核实", ["handler", "staff", "supervisor"]],
  ["/desk/supervision", "监督", ["supervisor"]],
];

export function showNav(root, role, here) {
  const open = PAGES.filter(([, , roles]) => roles.includes(role));
  root.replaceChildren(
    ...open.map(([path, label]) => el("a.nav__link", { href: path, "aria-current": path === here ? "page" : null }, label)),
  );
}
