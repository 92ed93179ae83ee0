// The log of messages: keeps the DOM in step with the conversation, and the reader's place on the screen.

import { el } from "/static/shared/dom.js";
import { isLarge } from "/static/shared/preferences.js";
import { closeChoices } from "./choices.js";
import { messageNode, updateDelivery } from "./message.js";

const TYPING_DELAY_MS = 300;
const MARGIN = 24; // px above the question and below the answer

export class LogView {
  #scroller;
  #log;
  #typing;
  #welcome;
  #conversation;
  #actions;
  #typingTimer = null;

  /**
   * @param {{scroller: HTMLElement, log: HTMLElement, typing: HTMLElement, welcome: HTMLElement}} nodes
   * @param {Conversation} conversation
   * @param {{onChoice: function, onSay: function, onRetry: function, onEdit: function}} actions
   */
  constructor({ scroller, log, typing, welcome }, conversation, actions) {
    this.#scroller = scroller;
    this.#log = log;
    this.#typing = typing;
    this.#welcome = welcome;
    this.#conversation = conversation;
    this.#actions = actions;
    conversation.addEventListener("reset", () => this.redraw());
    conversation.addEventListener("added", ({ detail }) => this.#append(detail));
    conversation.addEventListener("changed", ({ detail }) => this.#update(detail));
    conversation.addEventListener("removed", ({ detail }) => this.#remove(detail));
    conversation.addEventListener("waiting", ({ detail }) => this.#showTyping(detail));
    conversation.addEventListener("notice", ({ detail }) => this.#showNotice(detail));
  }

  /** Draws everything anew, silently: a screen reader must not read the whole past. */
  redraw() {
    this.#log.setAttribute("aria-live", "off");
    this.#log.replaceChildren();
    for (const message of this.#conversation.messages) this.#draw(message);
    this.#showWelcome();
    this.#scrollToEnd();
    requestAnimationFrame(() => this.#log.setAttribute("aria-live", "polite"));
  }

  #append(message) {
    this.#showWelcome();
    const node = this.#draw(message);
    if (message.author === "citizen") {
      this.#keepFocus(node);
      this.#scrollToEnd();
    } else {
      this.#showAnswer(node);
    }
  }

  #draw(message) {
    if (message.author === "citizen") closeChoices(this.#log, message.text);
    for (const node of this.#log.querySelectorAll(`.message--${message.author}.is-latest`)) node.classList.remove("is-latest");
    const node = messageNode(message, this.#options());
    node.classList.add("is-latest");
    this.#log.append(node);
    return node;
  }

  #update(message) {
    const node = this.#find(message);
    if (!node) return;
    const hadFocus = node.contains(document.activeElement);
    updateDelivery(node, message, this.#options());
    if (message.delivery === "failed") node.lastElementChild.scrollIntoView({ block: "nearest" });
    if (hadFocus) (node.querySelector("button") ?? node).focus({ preventScroll: true });
  }

  #remove(message) {
    this.#find(message)?.remove();
    this.#showWelcome();
  }

  #find(message) {
    return [...this.#log.children].find((node) => node.dataset.key === message.key);
  }

  #options() {
    return { brief: isLarge(), ...this.#actions };
  }

  #showWelcome() {
    this.#welcome.hidden = this.#conversation.messages.length > 0;
  }

  #showNotice(words) {
    this.#log.append(el("p.notice", {}, words));
    this.#scrollToEnd();
  }

  #showTyping(isWaiting) {
    clearTimeout(this.#typingTimer);
    this.#typing.hidden = true;
    if (!isWaiting) return;
    this.#typingTimer = setTimeout(() => {
      this.#typing.hidden = false;
      this.#scrollToEnd();
    }, TYPING_DELAY_MS);
  }

  /** A pressed button that rests or vanishes must not drop the focus to the top of the page. */
  #keepFocus(node) {
    const active = document.activeElement;
    if (active === document.body || active?.disabled || active?.closest("[hidden]")) node.focus({ preventScroll: true });
  }

  /** A short answer is shown to its end; of a long one the beginning, with the question above it. */
  #showAnswer(node) {
    const question = node.previousElementSibling ?? node;
    const height = node.getBoundingClientRect().bottom - question.getBoundingClientRect().top;
    if (height + 2 * MARGIN < this.#scroller.clientHeight) this.#scrollToEnd();
    else question.scrollIntoView({ block: "start" });
  }

  #scrollToEnd() {
    const end = this.#typing.hidden ? this.#log.lastElementChild : this.#typing;
    end?.scrollIntoView({ block: "end" });
  }
}
