// What the page asks the service for. Failures are ApiErrors whose message a person can act on.

import { call } from "/static/desk/api.js";

const PATH = "/desk/complaints";

export class Service {
  #token;
  #names = null;

  /** @param {() => string|null} token of whoever is signed in */
  constructor(token) {
    this.#token = token;
  }

  list(filters, before = null) {
    const given = Object.entries({ ...filters, before }).filter(([, value]) => value);
    return this.#call(`${PATH}?${new URLSearchParams(given)}`);
  }

  open(number) {
    return this.#call(`${PATH}/${encodeURIComponent(number)}`);
  }

  move(number, step) {
    return this.#post(`${PATH}/${encodeURIComponent(number)}/moves`, step);
  }

  reveal(number, field, reason) {
    return this.#post(`${PATH}/${encodeURIComponent(number)}/reveal`, { field, reason });
  }

  read(story) {
    return this.#post("/desk/readings", { story });
  }

  file(complaint) {
    return this.#post(PATH, complaint);
  }

  /** Units, matters and certificates by name; fetched once. */
  names() {
    this.#names ??= this.#call("/desk/names").catch((error) => {
      this.#names = null;
      throw error;
    });
    return this.#names;
  }

  #call(path) {
    return call(path, { token: this.#token() });
  }

  #post(path, body) {
    return call(path, { method: "POST", body, token: this.#token() });
  }
}
