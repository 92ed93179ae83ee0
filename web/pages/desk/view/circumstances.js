// Two switches that change verdicts: who comes to the counter, and where the certificate was issued.

import { el, hiddenText } from "/static/shared/dom.js";

const SWITCHES = {
  person: { label: "谁来办", key: "Alt+P", options: { "": "没说", self: "本人", agent: "代理人" } },
  issued: { label: "哪里开的", key: "Alt+O", options: { "": "没说", inside: "本市", outside: "外地" } },
};

/** @param {{refine: function, release: function}} actions release: a click is done, back to the search box */
export function circumstanceSwitches(root, { refine, release }) {
  for (const name of Object.keys(SWITCHES)) root.append(switchFor(name, refine, release));

  return {
    show(question) {
      for (const name of Object.keys(SWITCHES)) {
        const input = root.querySelector(`input[name="${name}"][value="${question[name]}"]`);
        input.checked = true;
        input.closest("fieldset").classList.toggle("switch--set", question[name] !== "");
      }
    },
  };
}

/** The value that follows in the switch `name`. */
export function nextValue(name, value) {
  const values = Object.keys(SWITCHES[name].options);
  return values[(values.indexOf(value) + 1) % values.length];
}

function switchFor(name, refine, release) {
  const { label, key, options } = SWITCHES[name];
  const choices = Object.entries(options).map(([value, word]) => option(name, value, word));
  return el(
    "fieldset.switch",
    { onChange: (event) => refine({ [name]: event.target.value }), onClick: (event) => event.detail > 0 && release() },
    el("legend.switch__label", {}, label, hiddenText(`，快捷键 ${key}`)),
    el("span.switch__options", {}, ...choices),
    el("kbd.key.key--deep", { "aria-hidden": "true" }, key),
  );
}

function option(name, value, word) {
  return el(
    "label.switch__option",
    {},
    el("input.switch__input", { type: "radio", name, value, checked: value === "" }),
    el("span", {}, word),
  );
}
