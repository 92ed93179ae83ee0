// The conversation as this device knows it: messages, their delivery, and the queue that sends one turn at a time.

import { ProblemError } from "./errors.js";

const EXPIRED = "以前的对话已经过期，我们重新开始。";

/**
 * @typedef {object} Message
 * @property {string} key
 * @property {"citizen"|"bot"|"operator"} author
 * @property {string} text
 * @property {object[]} parts reply parts of the contract; empty for the citizen's own words
 * @property {Date} at
 * @property {string|null} [picture] a small copy of a picture sent along, as a data URL
 * @property {"sending"|"delivered"|"failed"} delivery
 * @property {{reason: string, isFinal: boolean}|null} failure
 */

/**
 * Events: `turn` (detail: {state, asks}) after each answer, `added` and `changed` and `removed` (detail: Message), `reset`, `waiting` (detail: boolean), `notice` (detail: words).
 */
export class Conversation extends EventTarget {
  #session;
  #line;
  #queue = Promise.resolve();
  #turns = new Map();
  #generation = 0;

  /** @param {{session: Session, line: {deliver: function, listMessages: function}}} parts */
  constructor({ session, line }) {
    super();
    this.#session = session;
    this.#line = line;
    /** @type {Message[]} */
    this.messages = [];
  }

  /** Brings back what was said before. Throws NetworkError where the service cannot be reached. */
  async restore() {
    const id = this.#session.conversationId;
    const history = id ? await this.#findHistory(id) : [];
    if (!history) this.#session.leaveConversation();
    this.messages = (history ?? []).map(fromHistory);
    for (const turn of this.#session.unsent) this.#restoreUnsent(turn);
    this.#tell("reset");
    if (!history) this.#tell("notice", EXPIRED);
  }

  /** Says something; `choice` is the value of a pressed button whose label is `text`; `picture` a small copy of one. */
  say(text, choice = null, picture = null) {
    const turn = { client_message_id: newId(), text, choice };
    this.#session.unsent = [...this.#session.unsent, turn];
    const message = { ...citizenMessage(turn, "sending"), picture };
    this.#turns.set(message.key, turn);
    this.#add(message);
    return this.#enqueue(message);
  }

  /** Sends a failed message again, under the same id, so that it is never answered twice. */
  retry(message) {
    if (message.delivery === "failed") return this.#enqueue(message);
    return this.#queue;
  }

  /** Something that the service says unasked. What belongs to another conversation is only mentioned here. */
  hear(notice) {
    if (this.#isKnown(notice.message_id)) return;
    if (notice.conversation_id === this.#session.conversationId) this.#add(botMessage(notice));
    else this.#tell("notice", notice.text);
  }

  /** What was said unasked while the line was down. Not while a turn is under way: its answer comes by itself. */
  async catchUp() {
    const id = this.#session.conversationId;
    if (!id || this.#turns.size) return;
    const history = await this.#line.listMessages(id);
    if (id !== this.#session.conversationId || this.#turns.size) return;
    const missed = history.filter(({ author, message_id: key }) => author !== "citizen" && !this.#isKnown(key));
    for (const message of missed) this.#add(fromHistory(message));
  }

  /** Takes back a message that could not be sent, and returns its words. */
  withdraw(message) {
    this.#forgetTurn(message);
    this.#remove(message);
    return message.text;
  }

  /** Starts a new conversation. Answers still on their way belong to the old one and are dropped. */
  startAnew() {
    this.#generation += 1;
    this.#queue = Promise.resolve();
    this.#session.leaveConversation();
    this.#turns.clear();
    this.messages = [];
    this.#tell("waiting", false);
    this.#tell("turn", { state: "idle", asks: null });
    this.#tell("reset");
  }

  async #findHistory(id) {
    try {
      return await this.#line.listMessages(id);
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  #restoreUnsent(turn) {
    const message = { ...citizenMessage(turn, "failed"), failure: { reason: "", isFinal: false } };
    this.#turns.set(message.key, turn);
    this.messages.push(message);
  }

  #enqueue(message) {
    this.#setDelivery(message, "sending");
    const generation = this.#generation;
    this.#queue = this.#queue.then(() => (generation === this.#generation ? this.#send(message, generation) : null));
    return this.#queue;
  }

  async #send(message, generation) {
    this.#tell("waiting", true);
    try {
      const answer = await this.#deliver(this.#turns.get(message.key));
      if (generation === this.#generation) this.#settle(message, answer);
    } catch (error) {
      if (generation === this.#generation) this.#fail(message, error);
    } finally {
      if (generation === this.#generation) this.#tell("waiting", false);
    }
  }

  async #deliver(turn) {
    const id = this.#session.conversationId;
    try {
      return await this.#line.deliver(requestFor(turn, id));
    } catch (error) {
      if (!id || !isGone(error)) throw error;
    }
    this.#session.conversationId = null;
    this.#tell("notice", EXPIRED);
    return this.#line.deliver(requestFor(turn, null));
  }

  #settle(message, answer) {
    this.#session.conversationId = answer.conversation_id;
    this.#forgetTurn(message);
    if (this.#isKnown(answer.message_id)) return this.#remove(message); // Delivered before a reload cut off the answer.
    this.#setDelivery(message, "delivered");
    this.#add(botMessage(answer));
    this.#tell("turn", { state: answer.state, asks: answer.asks });
  }

  #fail(message, error) {
    message.failure = { reason: error.message, isFinal: error instanceof ProblemError && error.isFinal };
    this.#setDelivery(message, "failed");
  }

  #isKnown(key) {
    return this.messages.some((message) => message.key === key);
  }

  #add(message) {
    this.messages.push(message);
    this.#tell("added", message);
  }

  #remove(message) {
    this.messages = this.messages.filter((other) => other !== message);
    this.#tell("removed", message);
  }

  #setDelivery(message, delivery) {
    message.delivery = delivery;
    if (delivery !== "failed") message.failure = null;
    this.#tell("changed", message);
  }

  #forgetTurn(message) {
    this.#turns.delete(message.key);
    this.#session.unsent = this.#session.unsent.filter((turn) => turn.client_message_id !== message.key);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

const isGone = (error) => error instanceof ProblemError && error.isGone;

/** The body of a turn. A choice means nothing outside its conversation; there the words on its button count. */
function requestFor({ client_message_id, text, choice }, conversationId) {
  const body = { conversation_id: conversationId, client_message_id, text };
  return choice !== null && conversationId ? { ...body, choice } : body;
}

function citizenMessage(turn, delivery) {
  const { client_message_id: key, text } = turn;
  return { key, author: "citizen", text, parts: [], at: new Date(), delivery, failure: null };
}

function botMessage(answer) {
  return {
    key: answer.message_id,
    author: "bot",
    text: "",
    parts: answer.reply,
    at: new Date(),
    delivery: "delivered",
    failure: null,
  };
}

function fromHistory(stored) {
  return {
    key: stored.message_id,
    author: stored.author,
    text: stored.text ?? "",
    parts: stored.reply ?? [],
    at: new Date(stored.at),
    delivery: "delivered",
    failure: null,
  };
}

/** A random id; `crypto.randomUUID` is missing on pages without TLS. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
