// The banner above the conversation: tells when there is no network, and when the past could not be fetched.

import { el } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";

const OFFLINE = "现在没有网络。您写的话会留着，连上后再点重发。";

export class BannerView {
  #node;
  #retry = null;

  constructor(node) {
    this.#node = node;
    window.addEventListener("online", () => this.#draw());
    window.addEventListener("offline", () => this.#draw());
    this.#draw();
  }

  /** Offers to fetch the past again. */
  offerRetry(retry) {
    this.#retry = retry;
    this.#draw();
  }

  #draw() {
    const content = navigator.onLine ? this.#retryContent() : [icon("offline"), el("span", {}, OFFLINE)];
    this.#node.replaceChildren(...content);
    this.#node.classList.toggle("banner--shown", content.length > 0);
  }

  #retryContent() {
    if (!this.#retry) return [];
    const press = () => {
      const retry = this.#retry;
      this.offerRetry(null);
      retry();
    };
    const button = el("button.button.banner__button", { type: "button", onClick: press }, "再试一次");
    return [icon("offline"), el("span", {}, "以前的对话没有取到。"), button];
  }
}
