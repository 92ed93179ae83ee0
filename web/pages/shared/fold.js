// A disclosure: one line that opens the rest.

import { el } from "./dom.js";
import { icon } from "./icons.js";

/** `contents` behind `label`; null where there is nothing to disclose. */
export function fold(label, ...contents) {
  const inside = contents.filter(Boolean);
  return inside.length ? el("details.fold", {}, el("summary", {}, label, icon("chevron")), ...inside) : null;
}
