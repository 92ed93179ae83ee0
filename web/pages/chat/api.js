// The service's HTTP calls. Signs in as a guest by itself, and once more when the token has expired.

import { NetworkError, ProblemError } from "./errors.js";

const BASE = "/api/v1";
const PATIENCE_MS = 20_000;

export class Api {
  #session;
  #signingIn = null;

  constructor(session) {
    this.#session = session;
  }

  /** The guest token, fetched if there is none. */
  async token() {
    if (this.#session.token) return this.#session.token;
    this.#signingIn ??= this.#signIn().finally(() => (this.#signingIn = null));
    return this.#signingIn;
  }

  /** Forgets a token that the service refused, unless another has taken its place. */
  dropToken(token) {
    if (this.#session.token === token) this.#session.token = null;
  }

  /** One turn; see the contract of `POST /chat/messages`. */
  async postMessage(body) {
    return this.#authorised("/chat/messages", { method: "POST", body });
  }

  /** What was said in a conversation, oldest first. */
  async listMessages(conversationId) {
    const { messages } = await this.#authorised(`/conversations/${encodeURIComponent(conversationId)}/messages`);
    return messages;
  }

  /** Sends a picture for a complaint and returns its id. */
  async postPicture(blob) {
    const { id } = await this.#authorised("/pictures", { method: "POST", body: blob });
    return id;
  }

  async listSuggestions() {
    const { suggestions } = await call("/suggestions");
    return suggestions;
  }

  /** Name and telephone number of this city's service. */
  async about() {
    return call("/about");
  }

  async #signIn() {
    const { token } = await call("/auth/guest", { method: "POST", body: {} });
    this.#session.token = token;
    return token;
  }

  async #authorised(path, options = {}) {
    const token = await this.token();
    try {
      return await call(path, { ...options, token });
    } catch (error) {
      if (!(error instanceof ProblemError && error.isUnauthorised)) throw error;
    }
    this.dropToken(token);
    return call(path, { ...options, token: await this.token() });
  }
}

async function call(path, { method = "GET", body, token } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(BASE + path, {
      method,
      headers: headersFor(body, token),
      body: body instanceof Blob ? body : body && JSON.stringify(body),
      signal: patience.signal,
    });
    return await readAnswer(response);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new NetworkError(error.name === "AbortError" ? "等了太久没有回音" : undefined);
  } finally {
    clearTimeout(timer);
  }
}

function headersFor(body, token) {
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = body instanceof Blob ? body.type : "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  return headers;
}

async function readAnswer(response) {
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new ProblemError(response.status, problem);
}
