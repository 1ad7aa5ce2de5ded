/** What goes wrong, said above the message in the page's language, with one thing to do about it. */
import { text } from "./texts.js";

export class Notice {
  #element;
  #timer = 0;
  #shown = null;

  constructor(element) {
    this.#element = element;
  }

  /** `action`: {name, run}, a button under the text `name`. */
  show(name, language, { values = {}, action = null, calm = false } = {}) {
    this.clear();
    this.#shown = { name, values, action, calm };
    const words = document.createElement("p");
    words.textContent = text(name, language, values);
    this.#element.append(words);
    this.#element.classList.toggle("calm", calm);
    if (!action) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text(action.name, language);
    button.addEventListener("click", action.run);
    this.#element.append(button);
  }

  /** Say it again in another language. */
  rewrite(language) {
    if (this.#shown) this.show(this.#shown.name, language, this.#shown);
  }

  /** Count `seconds` down in a text that says {seconds}, then be gone and call `then`. */
  countDown(name, language, seconds, then = () => {}) {
    this.show(name, language(), { values: { seconds } });
    this.#timer = setTimeout(() => {
      if (seconds > 1) return this.countDown(name, language, seconds - 1, then);
      this.clear();
      then();
    }, 1000);
  }

  clear() {
    clearTimeout(this.#timer);
    this.#shown = null;
    this.#element.replaceChildren();
  }
}
