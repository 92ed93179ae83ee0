// The search box: input methods are left alone while they compose; everything else is one line of text.

import { el, hiddenText } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";

/**
 * @param {HTMLFormElement} form
 * @param {{type: function, submit: function, clear: function, walk: function}} actions
 */
export function searchBox(form, { type, submit, clear, walk }) {
  const input = el("input.query__input", {
    id: "question",
    name: "q",
    type: "text",
    maxlength: "500",
    enterkeyhint: "search",
    spellcheck: "false",
    autocapitalize: "none",
    placeholder: "来电人在问什么？例：租房提公积金要无房证明吗",
    onInput: (event) => event.isComposing || type(input.value),
    onCompositionend: () => type(input.value),
    onKeydown: onArrow,
  });
  const wipe = el(
    "button.query__clear",
    { type: "button", onClick: clear, hidden: true },
    icon("close"),
    hiddenText("清空"),
  );
  form.append(
    el("label.visually-hidden", { for: "question" }, "来电人的问题"),
    el("span.query__icon", {}, icon("search")),
    input,
    el("span.query__busy", { "aria-hidden": "true" }),
    wipe,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    input.select();
  });

  function onArrow(event) {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!steps || event.isComposing || event.altKey) return;
    event.preventDefault();
    walk(steps);
  }

  return {
    focus: () => input.focus({ preventScroll: true }),
    select: () => input.select(),
    /** The whole text is selected, so that the next key starts anew. */
    isArmed: () => isWhollySelected(input),
    show(text) {
      if (input.value.trim() !== text.trim()) input.value = text;
      wipe.hidden = !text;
    },
    setBusy: (isBusy) => form.classList.toggle("query--busy", isBusy),
  };
}

function isWhollySelected({ value, selectionStart, selectionEnd }) {
  return value !== "" && selectionStart === 0 && selectionEnd === value.length;
}
