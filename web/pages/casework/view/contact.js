// Who complains: masked until somebody says why the rest is needed. The reason goes on record.

import { el } from "/static/shared/dom.js";
import { protectionWord, secretWord } from "../words.js";

export function contactFacts(detail, service, { failed }) {
  const { summary, secrets } = detail;
  const masked = { name: detail.name, phone: summary.phone };
  const rows = Object.keys(masked)
    .filter((field) => masked[field])
    .flatMap((field) => [
      el("dt", {}, secretWord(field)),
      el("dd.secret", {}, secretNode(field, masked[field], secrets.includes(field), detail, service, failed)),
    ]);
  const callback = detail.wants_callback ? "，希望回电" : "";
  return [el("dt", {}, "保护"), el("dd", {}, protectionWord(summary.protection) + callback), ...rows];
}

function secretNode(field, value, mayReveal, { summary }, service, failed) {
  const shown = el("span.digits", {}, value);
  if (!mayReveal) return shown;
  const box = el("span.secret__box", {}, shown);
  const button = el("button.secret__button", { type: "button", onClick: () => ask() }, "显示");
  box.append(button);

  function ask() {
    const reason = el("input.field__input", {
      type: "text",
      required: true,
      minlength: 4,
      maxlength: 200,
      placeholder: "为什么要看，会留下记录",
      "aria-label": `为什么要看${secretWord(field)}`,
    });
    const form = el(
      "form.secret__form",
      { onSubmit: (event) => reveal(event, reason.value) },
      reason,
      el("button.button", { type: "submit" }, "显示"),
    );
    button.replaceWith(form);
    reason.focus();
  }

  async function reveal(event, reason) {
    event.preventDefault();
    try {
      const revealed = await service.reveal(summary.number, field, reason);
      box.replaceChildren(el("strong.digits", {}, revealed.value));
    } catch (error) {
      failed(error);
    }
  }

  return box;
}
