/** Where the customer writes. Text is given up only when it went. */
import { text } from "./texts.js";

const LONGEST = 1000;
const COUNT_FROM = 850;

export class Composer {
  #form;
  #field;
  #button;
  #count;
  #onSay;
  #language = "fr";
  #busy = false;
  #held = false;

  /** `onSay(words)` resolves to whether they went. */
  constructor(form, count, onSay) {
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#button = form.querySelector("button");
    this.#count = count;
    this.#onSay = onSay;
    form.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("input", () => this.#measure());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
  }

  write(language) {
    this.#language = language;
    this.#measure();
  }

  busy(on) {
    this.#busy = on;
    this.#mark();
  }

  /** Take nothing for so many seconds. */
  hold(seconds) {
    this.#held = true;
    this.#mark();
    setTimeout(() => {
      this.#held = false;
      this.#mark();
    }, seconds * 1000);
  }

  tooLong() {
    this.#measure();
    this.#field.focus();
  }

  #key(event) {
    // While letters are being composed, Enter belongs to the keyboard.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  async #submit(event) {
    event.preventDefault();
    const words = this.#field.value.trim();
    if (!words || this.#busy || this.#held || this.#over() > 0) return;
    this.#field.value = "";
    this.#measure();
    const went = await this.#onSay(words);
    if (!went) this.#giveBack(words);
  }

  /** Put unsent words back before whatever was typed meanwhile. */
  #giveBack(words) {
    const since = this.#field.value;
    this.#field.value = since ? `${words}\n${since}` : words;
    this.#measure();
  }

  // The channel counts code points, as people do; JavaScript counts UTF-16 units.
  #over() {
    return [...this.#field.value.trim()].length - LONGEST;
  }

  #measure() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight + 2, 180)}px`;
    const over = this.#over();
    const wrong = over > 0;
    this.#field.setAttribute("aria-invalid", String(wrong));
    this.#count.classList.toggle("problem", wrong);
    if (wrong) this.#count.textContent = text("over_length", this.#language, { over });
    else if (-over < LONGEST - COUNT_FROM) this.#count.textContent = text("count", this.#language, { left: -over });
    else this.#count.textContent = "";
    this.#mark();
  }

  #mark() {
    // Not `disabled`: the button must keep the focus it has.
    const unready = this.#busy || this.#held || this.#over() > 0;
    this.#button.setAttribute("aria-disabled", String(unready));
  }
}
