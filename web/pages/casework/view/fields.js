// Labelled fields of forms.

import { el } from "/static/shared/dom.js";

let count = 0;

/** A labelled input or textarea; `value` reads it. */
export function field(label, attributes, tag = "input") {
  const id = `field-${(count += 1)}`;
  const { value, ...rest } = attributes;
  const input = el(`${tag}.field__input`, { id, ...rest });
  if (value !== undefined) input.value = value;
  return {
    node: el("p.field", {}, el("label", { for: id }, label), input),
    input,
    get value() {
      return input.value.trim();
    },
    set value(text) {
      input.value = text;
    },
  };
}

/** A labelled choice out of `[value, words]` pairs. */
export function select(label, options) {
  const id = `field-${(count += 1)}`;
  const input = el("select.field__input", { id, required: true });
  const fill = (pairs) => input.replaceChildren(...pairs.map(([value, words]) => el("option", { value }, words)));
  fill(options);
  return {
    node: el("p.field", {}, el("label", { for: id }, label), input),
    input,
    fill,
    get value() {
      return input.value;
    },
    set value(chosen) {
      input.value = chosen;
    },
  };
}
