// The last searches of this tab, in memory only: what callers asked leaves no trace on the computer.

const KEPT = 20;

/**
 * @typedef {object} Past
 * @property {import("./search.js").Question} question
 * @property {string|null} verdict
 * @property {Date} at
 */
export class SearchHistory {
  /** @type {Past[]} newest first */
  #past = [];
  #place = -1;

  get list() {
    return this.#past;
  }

  /** Keeps a search; one that only continues the words of the last takes its place, one walked to keeps its own. */
  record(question, verdict) {
    const known = this.#past[this.#place];
    if (known && isSame(known.question, question)) {
      known.verdict = verdict;
      return;
    }
    if (this.#past.length && isContinued(this.#past[0].question.text, question.text)) this.#past.shift();
    const others = this.#past.filter((past) => !isSame(past.question, question));
    this.#past = [{ question, verdict, at: new Date() }, ...others];
    this.#past.length = Math.min(this.#past.length, KEPT);
    this.#place = 0;
  }

  /** The question `steps` further back (negative: forward), or null at either end. */
  walk(steps) {
    const place = this.#place + steps;
    if (place < 0 || place >= this.#past.length) return null;
    this.#place = place;
    return this.#past[place].question;
  }

  /** The next step back finds the newest again. */
  rewind() {
    this.#place = -1;
  }

  forget() {
    this.#past = [];
    this.rewind();
  }
}

function isContinued(before, after) {
  return after.startsWith(before) || before.startsWith(after);
}

function isSame(one, other) {
  return Object.keys(one).every((key) => one[key] === other[key]);
}
