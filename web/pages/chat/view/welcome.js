// The empty page: what one may ask, as buttons.

import { el } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";

/** Fills `list` with suggested questions; hides `section` while there are none. */
export function showSuggestions({ section, list }, suggestions, onSay) {
  section.hidden = suggestions.length === 0;
  list.replaceChildren(...suggestions.map((question) => el("li", {}, suggestionButton(question, onSay))));
}

function suggestionButton(question, onSay) {
  return el(
    "button.suggestion",
    { type: "button", onClick: () => onSay(question) },
    el("span", {}, question),
    icon("send"),
  );
}
