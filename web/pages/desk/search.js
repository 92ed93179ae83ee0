// The one question on the desk: typed, refined by keys, asked after a short pause, and never answered by a stale reply.

const PAUSE_MS = 200;

/**
 * @typedef {object} Question what the service is asked; empty strings are left out
 * @property {string} text
 * @property {""|"self"|"agent"} person
 * @property {""|"inside"|"outside"} issued
 * @property {string} matter chosen by the operator for this text
 * @property {string} certificate chosen by the operator for this text
 */

/** @type {Question} */
export const BLANK = Object.freeze({ text: "", person: "", issued: "", matter: "", certificate: "" });

/**
 * Events: `changed` (detail: Question), `searching` (detail: boolean), `answered` (detail: {question, answer}),
 * `failed` (detail: Error), `emptied`.
 */
export class Search extends EventTarget {
  #ask;
  #timer = 0;
  /** @type {AbortController|null} */
  #running = null;
  question = BLANK;

  /** @param {(question: Question, signal: AbortSignal) => Promise<object>} ask */
  constructor(ask) {
    super();
    this.#ask = ask;
  }

  /** New words. What was chosen belonged to the old ones and goes; who comes to the counter stays. */
  type(text) {
    if (text === this.question.text) return;
    this.#set({ ...this.question, text, matter: "", certificate: "" });
    if (text.trim()) this.#schedule();
    else this.#empty();
  }

  /** The same words under other circumstances, or with a matter or certificate that the operator chose. */
  refine(change) {
    this.#set({ ...this.question, ...change });
    if (this.question.text.trim()) this.#run();
  }

  /** A whole question, such as one from the history. */
  repeat(question) {
    this.#set({ ...question });
    this.#run();
  }

  /** Asks at once, without waiting for the pause. */
  submit() {
    if (this.question.text.trim() && !this.#running) this.#run();
  }

  /** A new caller: nothing of the last one stays. */
  clear() {
    this.#set(BLANK);
    this.#empty();
  }

  #set(question) {
    this.question = question;
    this.#tell("changed", question);
  }

  #schedule() {
    this.#stop();
    this.#timer = setTimeout(() => this.#run(), PAUSE_MS);
  }

  async #run() {
    this.#stop();
    const running = (this.#running = new AbortController());
    const question = { ...this.question, text: this.question.text.trim() };
    this.#tell("searching", true);
    try {
      const answer = await this.#ask(question, running.signal);
      if (running === this.#running) this.#tell("answered", { question, answer });
    } catch (error) {
      if (running === this.#running) this.#tell("failed", error);
    } finally {
      if (running === this.#running) this.#stop();
    }
  }

  #empty() {
    this.#stop();
    this.#tell("emptied");
  }

  #stop() {
    clearTimeout(this.#timer);
    const running = this.#running;
    this.#running = null;
    running?.abort();
    if (running) this.#tell("searching", false);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
