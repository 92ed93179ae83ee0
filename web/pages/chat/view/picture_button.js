// The button that adds a picture; it stands there only while a complaint is being taken.

export class PictureButton {
  #button;
  #input;
  #problem;

  /** @param {{button: HTMLButtonElement, input: HTMLInputElement, problem: HTMLElement}} nodes @param {function(File): Promise<void>} send */
  constructor({ button, input, problem }, send) {
    this.#button = button;
    this.#input = input;
    this.#problem = problem;
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => this.#take(send));
  }

  show(isShown) {
    this.#button.hidden = !isShown;
    if (!isShown) this.#tell("");
  }

  async #take(send) {
    const [file] = this.#input.files;
    this.#input.value = "";
    if (!file) return;
    this.#tell("");
    this.#button.disabled = true;
    try {
      await send(file);
    } catch (error) {
      this.#tell(`照片没发出去：${error.message}`);
    } finally {
      this.#button.disabled = false;
    }
  }

  #tell(words) {
    this.#problem.textContent = words;
    this.#problem.hidden = !words;
  }
}
