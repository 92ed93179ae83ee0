// The input: grows with its text; Enter sends, Shift+Enter breaks the line, and an input method may finish in peace.

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
