// The menu: a list of buttons behind one button on phones, a column that always stands on wide screens.

import { isDark, isLarge, onPreferenceChange } from "/static/shared/preferences.js";

const STATES = { "toggle-dark": isDark, "toggle-large": isLarge };

export class MenuView {
  #opener;
  #menu;

  /** @param {{opener: HTMLButtonElement, menu: HTMLElement}} nodes @param {Object<string, function>} actions by data-action */
  constructor({ opener, menu }, actions) {
    this.#opener = opener;
    this.#menu = menu;
    opener.addEventListener("click", () => this.#show(!this.#isShown));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#leave());
    document.addEventListener("click", (event) => this.#closeFromOutside(event.target));
    for (const button of document.querySelectorAll("[data-action]")) {
      button.addEventListener("click", () => this.#run(actions[button.dataset.action]));
    }
    onPreferenceChange(() => this.#showStates());
    this.#showStates();
  }

  get #isShown() {
    return this.#opener.getAttribute("aria-expanded") === "true";
  }

  #show(isShown) {
    this.#opener.setAttribute("aria-expanded", String(isShown));
    this.#menu.classList.toggle("menu--shown", isShown);
  }

  #leave() {
    if (!this.#isShown) return;
    this.#show(false);
    this.#opener.focus();
  }

  #closeFromOutside(target) {
    if (!this.#menu.contains(target) && !this.#opener.contains(target)) this.#show(false);
  }

  #run(action) {
    if (this.#isShown && this.#menu.contains(document.activeElement)) this.#leave();
    action();
  }

  #showStates() {
    for (const [action, isOn] of Object.entries(STATES)) {
      for (const button of document.querySelectorAll(`[data-action="${action}"]`)) {
        button.setAttribute("aria-pressed", String(isOn()));
      }
    }
  }
}
