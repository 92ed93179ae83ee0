// The calls of the desk. Every failure is an ApiError whose message an operator can act on.

const BASE = "/api/v1";
const PATIENCE_MS = 12_000;

/** `status` is 0 where no answer came. */
export class ApiError extends Error {
  constructor(message, { status = 0, code = null } = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }

  get isUnauthenticated() {
    return this.status === 401;
  }

  get isForbidden() {
    return this.status === 403;
  }
}

/** @returns {Promise<import("./session.js").Account>} */
export function signIn(login, password) {
  return call("/auth/sign-in", { method: "POST", body: { login, password } });
}

/** Name and telephone number of this city's service. */
export function about() {
  return call("/about");
}

/**
 * One question to engine and catalogue.
 * @param {string|null} token
 * @param {import("./search.js").Question} question
 * @param {AbortSignal} signal
 */
export function search(token, question, signal) {
  const { text, ...rest } = question;
  const given = Object.entries(rest).filter(([, value]) => value);
  return call(`/desk/search?${new URLSearchParams([["q", text], ...given])}`, { token, signal });
}

/** Any other call of the service, with the token of whoever is signed in. */
export async function call(path, { method = "GET", body, token, signal } = {}) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal?.addEventListener("abort", stop);
  const timer = setTimeout(stop, PATIENCE_MS);
  try {
    const response = await fetch(BASE + path, {
      method,
      headers: headersFor(body, token),
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal: controller.signal,
    });
    return await readAnswer(response);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(error.name === "AbortError" ? "等了太久没有回音，请再试一次。" : "网络不通，请检查网络再试。");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function headersFor(body, token) {
  return {
    Accept: "application/json",
    ...(body && { "Content-Type": "application/json" }),
    ...(token && { Authorization: `Bearer ${token}` }),
  };
}

async function readAnswer(response) {
  if (response.status === 204) return null;
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  const message = problem.detail || problem.title || "系统忙，请稍后再试。";
  throw new ApiError(message, { status: response.status, code: problem.code });
}
