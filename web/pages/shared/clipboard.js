// Copies words, also on pages without TLS, which have no clipboard of their own.

import { el } from "./dom.js";

/** Whether the words could be copied. */
export async function copyWords(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyBySelection(words);
  }
}

function copyBySelection(words) {
  const before = document.activeElement;
  const holder = el("textarea.visually-hidden", { readonly: true, tabindex: "-1", "aria-hidden": "true" });
  holder.value = words;
  document.body.append(holder);
  holder.select();
  const isCopied = document.execCommand("copy");
  holder.remove();
  before?.focus();
  return isCopied;
}
