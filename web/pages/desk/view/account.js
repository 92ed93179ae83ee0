// Who is signed in, the dark switch, and the way out.

import { el, hiddenText } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";
import { isDark, onPreferenceChange, toggleDark } from "/static/shared/preferences.js";
import { roleWord } from "../words.js";

/** @param {{signOut: () => void}} actions */
export function accountMenu(root, { signOut }) {
  const name = el("span.account__name");
  const dark = el("button.bar__button", { type: "button", onClick: toggleDark }, icon("moon"), hiddenText("深色"));
  const out = el("button.bar__button.bar__button--words", { type: "button", onClick: signOut }, icon("away"), "退出");
  const showDark = () => dark.setAttribute("aria-pressed", String(isDark()));
  onPreferenceChange(showDark);
  showDark();
  root.append(name, dark, out);

  return {
    show: ({ name: person, role }) => name.replaceChildren(person, el("span.account__role", {}, roleWord(role))),
  };
}
