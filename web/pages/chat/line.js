// The line to the service: over the WebSocket while it stands, else by POST. A repeat is harmless, the id stays the same.

import { NetworkError, ProblemError } from "./errors.js";

export class Line {
  #api;
  #socket;

  constructor({ api, socket }) {
    this.#api = api;
    this.#socket = socket;
  }

  /** Delivers one turn and returns the answer. Throws NetworkError or ProblemError. */
  async deliver(body) {
    if (!this.#socket.isReady) return this.#api.postMessage(body);
    try {
      return await this.#socket.request(body);
    } catch (error) {
      if (!isWorthPosting(error)) throw error;
      return this.#api.postMessage(body);
    }
  }

  listMessages(conversationId) {
    return this.#api.listMessages(conversationId);
  }
}

/** The line broke, or the token expired, which only POST renews. */
function isWorthPosting(error) {
  return error instanceof NetworkError || (error instanceof ProblemError && error.isUnauthorised);
}
