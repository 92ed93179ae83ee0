// Choices as big buttons: pressed once, then the whole list rests and the pressed one stays marked.

import { el, hiddenText } from "/static/shared/dom.js";

// The value of a button that rates: `follow:rate:NUMBER:LEVEL`.
const RATING = /^follow:rate:.+:[1-5]$/;
const LEVELS = 5;

/**
 * @param {{text?: string, choices: {label: string, value: string}[]}} part
 * @param {{onChoice: function({label: string, value: string}): void}} options
 */
export function choiceList(part, { onChoice }) {
  const list = el("ol.choices__list");
  const choose = (choice) => {
    closeChoices(list, choice.label);
    onChoice(choice);
  };
  const isRating = part.choices.length === LEVELS && part.choices.every(({ value }) => RATING.test(value));
  const button = isRating ? ratingButton : choiceButton;
  list.append(...part.choices.map((choice, index) => el("li", {}, button(choice, index + 1, choose))));
  return el("div.choices", {}, part.text ? el("p.choices__text", {}, part.text) : null, list);
}

/** One of the five levels of 好差评: the words say it, the stars show it. */
function ratingButton(choice, _number, choose) {
  const level = Number(choice.value.slice(-1));
  return el(
    "button.choice.choice--rating",
    { type: "button", "data-label": choice.label, onClick: () => choose(choice) },
    el("span.choice__stars", { "aria-hidden": "true" }, "★".repeat(level) + "☆".repeat(LEVELS - level)),
    el("span.choice__label", {}, choice.label),
  );
}

function choiceButton(choice, number, choose) {
  return el(
    "button.choice",
    { type: "button", "data-label": choice.label, onClick: () => choose(choice) },
    el("span.choice__number", { "aria-hidden": "true" }, String(number)),
    el("span.choice__label", {}, choice.label),
  );
}

/**
 * Ends every choice inside `node`; the one labelled `chosen` is marked. Lists of which none was chosen are closed, but
 * for one that is the whole reply: without its question the citizen's words would stand there unanswered.
 */
export function closeChoices(node, chosen) {
  for (const button of node.querySelectorAll(".choice:enabled")) {
    button.disabled = true;
    if (button.dataset.label === chosen) markChosen(button);
  }
  for (const list of node.querySelectorAll(".choices")) {
    const isWholeReply = !list.nextElementSibling && list.previousElementSibling?.matches(".visually-hidden");
    list.classList.toggle("choices--closed", !isWholeReply && !list.querySelector(".choice--chosen"));
  }
}

function markChosen(button) {
  button.classList.add("choice--chosen");
  button.append(hiddenText("（已选）"));
}
