// The dialog that says what this is and what is kept, and the service's own name and telephone number.

import { el } from "/static/shared/dom.js";
import { describeVerdict, knownKind, VERDICT_KINDS } from "/static/shared/verdicts.js";
import { verdictSeal } from "/static/shared/verdict_card.js";

const MEANINGS = {
  not_needed: "窗口用刷脸、调数据等办法替您查，您不用交。",
  needed: "这一样眼下还免不了，请自己带上。",
  depends: "要看是谁来办、证在哪里开的，答案里会写明。",
  not_listed: "公布的目录里没有，按规定窗口不该要。",
  clarify: "还差一点才能查准，点选项或者再说一句。",
};

export class AboutView {
  #dialog;

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.#dialog = dialog;
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.querySelector("[data-legend]").append(...VERDICT_KINDS.map(legendRow));
  }

  open() {
    this.#dialog.showModal();
  }

  close() {
    this.#dialog.close();
  }
}

function legendRow(kind) {
  return el(
    "li.legend",
    { "data-verdict": knownKind(kind) },
    verdictSeal(kind),
    el("p", {}, el("strong.legend__word", {}, describeVerdict(kind).word), el("br"), MEANINGS[kind]),
  );
}

/** Writes the service's name, city and hotline wherever the page shows them. */
export function showService({ service_name: name, city_name: city, hotline, version }) {
  if (name) {
    document.title = name;
    write("[data-service-name]", name);
    write("[data-service-seal]", name[0]);
  }
  if (city) write("[data-city-name]", city);
  if (version) write("[data-version]", `目录版本 ${version}`);
  if (hotline) {
    write("[data-hotline-number]", hotline);
    for (const link of document.querySelectorAll("[data-hotline]")) link.href = `tel:${hotline}`;
  }
}

function write(selector, words) {
  for (const node of document.querySelectorAll(selector)) node.textContent = words;
}
