// What pages on one sheet share: calls of the service, the name in the masthead, large type.

import { isLarge, onPreferenceChange, toggleLarge } from "./preferences.js";

const BASE = "/api/v1";
const PATIENCE_MS = 20_000;

/** A call that failed; its message is for people. */
export class ApiError extends Error {
  constructor(message, status = 0) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

/** The JSON that the service answers. Cookies of this site go along by themselves. */
export async function call(path, { method = "GET", body } = {}) {
  try {
    const response = await fetch(BASE + path, {
      method,
      headers: { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw new ApiError(answer.detail || "系统忙，请稍后再试。", response.status);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError("网络不通，请检查网络再试。");
  }
}

/** Where the login leads, and back to this page. */
export const loginAddress = () => `${BASE}/identity/login?${new URLSearchParams({ next: location.pathname })}`;

export function startPage() {
  const button = document.querySelector('[data-action="toggle-large"]');
  const show = () => button.setAttribute("aria-pressed", String(isLarge()));
  button.addEventListener("click", toggleLarge);
  onPreferenceChange(show);
  show();
  nameService();
}

async function nameService() {
  const { service_name: name } = await call("/about").catch(() => ({}));
  if (!name) return;
  for (const node of document.querySelectorAll("[data-service-name]")) node.textContent = name;
  for (const node of document.querySelectorAll("[data-service-seal]")) node.textContent = name[0];
}
