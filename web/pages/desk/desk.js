// The desk while an operator is signed in: search box, switches, answer, trace and history, kept in step.

import { listChoices, refinementFor } from "./choices.js";
import { SearchHistory } from "./history.js";
import { listenToKeys } from "./keys.js";
import { accountMenu } from "./view/account.js";
import { answerNodes, summarise } from "./view/answer.js";
import { circumstanceSwitches, nextValue } from "./view/circumstances.js";
import { showNav } from "./view/nav.js";
import { noticeLine } from "./view/notice.js";
import { searchBox } from "./view/search_box.js";
import { historyPanel, tracePanel } from "./view/side.js";
import { startNodes } from "./view/start.js";

const node = (id) => document.getElementById(id);

export class Desk {
  #search;
  #leave;
  #history = new SearchHistory();
  #choices = { text: "", choices: [] };
  #operator = null;

  /** @param {{search: import("./search.js").Search, leave: (reason?: string) => void}} parts */
  constructor({ search, leave }) {
    this.#search = search;
    this.#leave = leave;
    this.account = accountMenu(node("account"), { signOut: () => leave() });
    this.notice = noticeLine(node("notice"), { signInAgain: () => leave("请再输一次密码。") });
    this.box = searchBox(node("query"), {
      type: (text) => search.type(text),
      submit: () => search.submit(),
      clear: () => this.#clear(),
      walk: (steps) => this.#walk(steps),
    });
    this.switches = circumstanceSwitches(node("circumstances"), {
      refine: (change) => search.refine(change),
      release: () => this.box.focus(),
    });
    this.trace = tracePanel({ trace: node("trace"), board: node("board") });
    this.past = historyPanel(node("history"), { repeat: (question) => this.#repeat(question) });
    this.#listen();
    this.#showStart();
  }

  /** Opens the desk. A question that an ended session left unanswered is asked again. */
  show(session) {
    const { name } = session.account;
    if (this.#operator !== name) this.#forget();
    this.#operator = name;
    this.account.show(session.account);
    showNav(node("nav"), session.account.role, "/desk");
    this.notice.watch(session);
    node("desk").hidden = false;
    this.box.focus();
    this.#search.submit();
  }

  /** Closes the desk; unless it `isKept` for the same operator's return, nothing stays on the page. */
  hide({ isKept }) {
    node("desk").hidden = true;
    this.notice.rest();
    if (!isKept) this.#forget();
  }

  #listen() {
    const on = (name, act) => this.#search.addEventListener(name, ({ detail }) => act(detail));
    on("changed", (question) => {
      this.box.show(question.text);
      this.switches.show(question);
    });
    on("searching", (isBusy) => this.#setBusy(isBusy));
    on("answered", (result) => this.#showAnswer(result));
    on("failed", (error) => this.#showFailure(error));
    on("emptied", () => this.#showStart());
    document.addEventListener("click", (event) => this.#returnFocus(event));
    listenToKeys({
      isOpen: () => !node("desk").hidden,
      isArmed: () => this.box.isArmed(),
      focus: () => this.#aim(),
      clear: () => this.#clear(),
      copy: () => node("answer").querySelector(".say__copy")?.click(),
      hasChoice: (number) => number <= this.#choices.choices.length,
      choose: (number) => this.#choose(number),
      turnPerson: () => this.#turn("person"),
      turnIssued: () => this.#turn("issued"),
      toggleTrace: () => this.trace.toggle(),
    });
  }

  #showAnswer(result) {
    const { question, answer } = result;
    this.notice.clear();
    this.#choices = { text: question.text, choices: listChoices(answer, question, this.#choices) };
    const nodes = answerNodes(result, {
      choices: this.#choices.choices,
      choose: (number) => this.#choose(number),
      refine: (change) => this.#refine(change),
    });
    this.#replaceAnswer(nodes);
    this.trace.show(answer);
    this.#history.record(question, answer.understood.verdict);
    this.past.show(this.#history.list);
    node("announcer").textContent = summarise(answer);
  }

  #showFailure(error) {
    if (error.isUnauthenticated) return this.#leave("登录已到期，请再登录一次。您的问题还在。");
    if (error.isForbidden) return this.#leave(error.message);
    return this.notice.complain(error.message, { retry: () => this.#search.submit() });
  }

  #showStart() {
    this.notice.clear();
    this.#choices = { text: "", choices: [] };
    this.#replaceAnswer(startNodes());
    this.trace.clear();
    node("announcer").textContent = "";
  }

  /** A focused button that goes with the old answer hands the focus to the search box. */
  #replaceAnswer(nodes) {
    const answer = node("answer");
    const isFocusInside = answer.contains(document.activeElement);
    answer.replaceChildren(...nodes);
    answer.scrollTop = 0;
    if (isFocusInside) this.#aim();
  }

  #setBusy(isBusy) {
    this.box.setBusy(isBusy);
    node("answer").classList.toggle("answer--old", isBusy);
    node("answer").setAttribute("aria-busy", String(isBusy));
  }

  #choose(number) {
    const choice = this.#choices.choices[number - 1];
    if (choice) this.#refine(refinementFor(choice, this.#search.question));
  }

  #refine(change) {
    this.#search.refine(change);
    this.#aim();
  }

  #turn(name) {
    this.#search.refine({ [name]: nextValue(name, this.#search.question[name]) });
  }

  #repeat(question) {
    this.#search.repeat(question);
    this.#aim();
  }

  #walk(steps) {
    const question = this.#history.walk(steps);
    if (question) this.#repeat(question);
  }

  #clear() {
    this.#search.clear();
    this.#history.rewind();
    this.box.focus();
  }

  #aim() {
    this.box.focus();
    this.box.select();
  }

  #forget() {
    this.#history.forget();
    this.past.show(this.#history.list);
    this.#search.clear();
  }

  /** A click on nothing in particular leaves the cursor where the next question goes. */
  #returnFocus({ target }) {
    const isBusyElsewhere = target.closest("a, button, input, label, summary") || !window.getSelection().isCollapsed;
    if (!isBusyElsewhere && !node("desk").hidden) this.box.focus();
  }
}
