// What stands where no complaint is open.

import { el } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";

export function emptyCase() {
  return el("div.case__empty", {}, icon("ticket"), el("p", {}, "从列表里点一件工单，这里看经过、依据和能做的处理。"));
}
