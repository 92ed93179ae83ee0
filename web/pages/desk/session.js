// Who is signed in at this desk. Kept until the tab closes, and never written to the disk.

const KEY = "mianzheng.desk";

/**
 * @typedef {object} Account what `POST /auth/sign-in` answers
 * @property {string} token
 * @property {string} expires_at RFC 3339
 * @property {string} name
 * @property {"operator"|"staff"|"supervisor"} role
 */
export class Session {
  /** @type {Account|null} */
  #account = readKept();

  get account() {
    return this.#account;
  }

  get token() {
    return this.#account?.token ?? null;
  }

  /** Milliseconds until the token ends by this computer's clock, which may be wrong; null where nobody is signed in. */
  get remaining() {
    const end = Date.parse(this.#account?.expires_at ?? "");
    return Number.isNaN(end) ? null : end - Date.now();
  }

  open(account) {
    this.#account = account;
    keep(JSON.stringify(account));
  }

  close() {
    this.#account = null;
    keep(null);
  }
}

function readKept() {
  try {
    const kept = JSON.parse(window.sessionStorage.getItem(KEY) ?? "null");
    return typeof kept?.token === "string" ? kept : null;
  } catch {
    return null; // Switched off, or not ours: the operator signs in.
  }
}

function keep(value) {
  try {
    if (value === null) window.sessionStorage.removeItem(KEY);
    else window.sessionStorage.setItem(KEY, value);
  } catch {
    // Kept in memory by the session itself; a reload then asks to sign in again.
  }
}
