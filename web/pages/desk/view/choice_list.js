// Likely matters and certificates, each one key away.

import { el, hiddenText } from "/static/shared/dom.js";
import { isCurrent } from "../choices.js";
import { kindWord, percent } from "../words.js";

const PROMPTS = { matter: "来电人要办哪一件？", certificate: "问的是哪一张？", confirm: "问的是这一个吗？" };

/**
 * @param {import("../choices.js").Choice[]} choices
 * @param {{asks: string|null, question: object, understood: object, choose: (number: number) => void}} options
 */
export function choicePanel(choices, { asks, question, understood, choose }) {
  if (!choices.length) return null;
  const isAsked = choices.some((choice) => choice.isAsked);
  // What is asked about is not settled yet, whatever the reply took for likely.
  const isOn = (choice) => isCurrent(choice, question, isAsked ? {} : understood);
  const button = (choice, index) => choiceButton(choice, { number: index + 1, isOn: isOn(choice), choose });
  return el(
    isAsked ? "section.choices.choices--asked" : "section.choices",
    { "aria-labelledby": "choices-title" },
    el(
      "header.choices__head",
      {},
      el("h2.heading", { id: "choices-title" }, PROMPTS[asks] ?? "不对？换一个"),
      el("p.choices__hint", {}, "回车后按数字选"),
    ),
    el("ol.choices__list", {}, ...choices.map((choice, index) => el("li", {}, button(choice, index)))),
  );
}

function choiceButton({ kind, label, score }, { number, isOn, choose }) {
  return el(
    "button.choice",
    { type: "button", "aria-pressed": String(isOn), "data-kind": kind, onClick: () => choose(number) },
    el("kbd.key", { "aria-hidden": "true" }, String(number)),
    el("span.choice__kind", {}, kindWord(kind), hiddenText("：")),
    el("span.choice__label", {}, label),
    score === null ? null : el("span.choice__score.digits", {}, percent(score)),
  );
}
