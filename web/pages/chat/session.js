// What this device remembers of the citizen: a guest token, the open conversation, and what could not be sent yet.

import { recall, remember } from "/static/shared/storage.js";

export class Session {
  get token() {
    return recall("token");
  }

  set token(token) {
    remember("token", token);
  }

  get conversationId() {
    return recall("conversation");
  }

  set conversationId(id) {
    remember("conversation", id);
  }

  /** Turns not yet delivered: `{client_message_id, text, choice}`. */
  get unsent() {
    try {
      const kept = JSON.parse(recall("unsent") ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  }

  set unsent(turns) {
    remember("unsent", turns.length ? JSON.stringify(turns) : null);
  }

  /** Leaves the conversation; it stays with the service, this device no longer points to it. */
  leaveConversation() {
    this.conversationId = null;
    this.unsent = [];
  }

  /** Forgets everything, so that the next person at this device starts as a stranger. */
  forget() {
    this.leaveConversation();
    this.token = null;
  }
}
