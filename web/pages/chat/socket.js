// The WebSocket: turns go out, answers come in. Reconnects by itself, slower each time.

import { NetworkError, ProblemError } from "./errors.js";

const PATH = "/api/v1/chat/ws";
const TOKEN_REFUSED = 4401;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const PATIENCE_MS = 15_000;

/** Events: `notice` (detail: {message_id, conversation_id, reply}), what the service says unasked; `back` after a break. */
export class Socket extends EventTarget {
  #tokens;
  #token = null;
  #socket = null;
  #isReady = false;
  #wasReady = false;
  #pause = FIRST_PAUSE_MS;
  #timer = null;
  #pending = new Map();

  /** @param {{token: function(): Promise<string>, dropToken: function(string): void}} tokens */
  constructor(tokens) {
    super();
    this.#tokens = tokens;
    window.addEventListener("online", () => this.#reconnectNow());
    window.addEventListener("offline", () => this.#lose(this.#socket));
    document.addEventListener("visibilitychange", () => document.hidden || this.#reconnectNow());
  }

  /** Whether the service knows us and turns may be sent. */
  get isReady() {
    return this.#isReady;
  }

  async open() {
    if (this.#socket || !navigator.onLine) return;
    try {
      this.#token = await this.#tokens.token();
      this.#connect();
    } catch {
      this.#reconnectLater(); // No token without a network; POST will tell the citizen when it matters.
    }
  }

  /** Starts over, as whoever we are by now. */
  reset() {
    this.#lose(this.#socket);
  }

  /** One turn. Throws NetworkError when the line breaks: then POST may repeat it under the same client_message_id. */
  request(body) {
    return new Promise((resolve, reject) => {
      const id = body.client_message_id;
      const timer = setTimeout(() => this.#take(id).reject(new NetworkError("等了太久没有回音")), PATIENCE_MS);
      this.#pending.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ type: "message", ...body }));
    });
  }

  #connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${PATH}`);
    socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "hello", token: this.#token })));
    socket.addEventListener("message", (event) => this.#receive(JSON.parse(event.data)));
    socket.addEventListener("close", ({ code }) => {
      if (code === TOKEN_REFUSED) this.#tokens.dropToken(this.#token);
      this.#lose(socket);
    });
    this.#socket = socket;
  }

  #receive({ type, problem, client_message_id: id, ...answer }) {
    if (type === "ready") {
      if (this.#wasReady) this.dispatchEvent(new CustomEvent("back"));
      this.#wasReady = true;
      this.#isReady = true;
      this.#pause = FIRST_PAUSE_MS;
    }
    if (type === "notice") this.dispatchEvent(new CustomEvent("notice", { detail: answer }));
    if (type === "reply") this.#take(id)?.resolve(answer);
    if (type === "problem") this.#take(id)?.reject(new ProblemError(problem.status, problem));
  }

  #take(id) {
    const waiting = this.#pending.get(id);
    clearTimeout(waiting?.timer);
    this.#pending.delete(id);
    return waiting;
  }

  #lose(socket) {
    if (!socket || socket !== this.#socket) return;
    this.#socket = null;
    this.#isReady = false;
    socket.close(); // Without a network the closing handshake takes minutes; nobody shall wait for it.
    for (const id of [...this.#pending.keys()]) this.#take(id).reject(new NetworkError());
    this.#reconnectLater();
  }

  #reconnectLater() {
    clearTimeout(this.#timer);
    const spread = 0.5 + Math.random(); // Thousands of pages must not come back in the same second.
    this.#timer = setTimeout(() => this.open(), this.#pause * spread);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
  }

  #reconnectNow() {
    if (this.#socket) return;
    clearTimeout(this.#timer);
    this.open();
  }
}
