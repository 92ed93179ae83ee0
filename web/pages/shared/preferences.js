// Theme and text size: what the reader chose, else what the system asks for. early.js applies them before the first paint.

import { recall, remember } from "./storage.js";

const root = document.documentElement;
const system = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();

export const isDark = () => root.dataset.theme === "dark";
export const isLarge = () => root.dataset.text === "large";

/** Calls `listener` after every change. */
export function onPreferenceChange(listener) {
  listeners.add(listener);
}

export function toggleDark() {
  const theme = isDark() ? "light" : "dark";
  remember("theme", theme);
  apply("theme", theme);
}

export function toggleLarge() {
  const text = isLarge() ? "normal" : "large";
  remember("text", text);
  apply("text", text);
}

function apply(name, value) {
  root.dataset[name] = value;
  for (const listener of listeners) listener();
}

system.addEventListener("change", () => {
  if (recall("theme") === null) apply("theme", system.matches ? "dark" : "light");
});
