// The input: grows with its text; Enter sends, Shift+Enter breaks the line, and an input method may finish in peace.

const HINTS = {
  nothing: "想办什么事？",
  matter: "办的什么事？",
  certificate: "哪张证明？",
  story: "经过怎么样？慢慢说",
  unit: "哪个单位？",
  date: "哪一天？大概也行",
  phone: "手机号",
  confirm: "对不对？",
};

export class ComposerView {
  #field;
  #onSay;

  /** @param {HTMLFormElement} form @param {function(string): void} onSay */
  constructor(form, onSay) {
    this.#field = form.elements.question;
    this.#onSay = onSay;
    form.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("input", () => this.fit());
    this.#field.addEventListener("keydown", (event) => this.#press(event));
  }

  /** Tells what is asked for, and brings the keyboard that fits it. */
  expect(asks) {
    this.#field.placeholder = HINTS[asks] ?? HINTS.nothing;
    this.#field.inputMode = asks === "phone" ? "tel" : "text";
  }

  focus() {
    this.#field.focus();
  }

  /** Puts words back for correction, before whatever has been typed since. */
  refill(text) {
    this.#field.value = this.#field.value ? `${text}\n${this.#field.value}` : text;
    this.fit();
    this.focus();
  }

  /** Makes the field as high as its text; the style sheet limits it. */
  fit() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  #press(event) {
    // 229 is what older browsers report for every key while an input method composes.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (!text) return this.focus();
    this.#field.value = "";
    this.fit();
    return this.#onSay(text);
  }
}
