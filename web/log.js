/** The conversation on the page: messages in order, the last of the customer's in view, who is typing. */
import { messageElement } from "./message.js";

const TYPING_AFTER = 250;

export class Log {
  #element;
  #typing;
  #timer = 0;
  #onChoice;
  #anchor = null;
  #shownAt = 0;

  constructor(element, typing, onChoice) {
    this.#element = element;
    this.#typing = typing;
    this.#onChoice = onChoice;
    // A picture arrives, a notice takes room: what was in view stays in view, unless one has scrolled away.
    const stay = () => this.#anchor && Math.abs(element.scrollTop - this.#shownAt) < 2 && this.#show();
    element.addEventListener("load", stay, true);
    new ResizeObserver(stay).observe(element);
  }

  /** Returns the message's element. */
  add(message, language) {
    const element = messageElement(message, language, this.#onChoice);
    for (const earlier of this.#element.querySelectorAll(".message:not(.earlier)")) {
      if (message.from === "customer") earlier.classList.add("earlier");
    }
    this.#element.append(element);
    if (message.from === "customer" || !this.#anchor) this.#anchor = element;
    this.#show();
    return element;
  }

  /** Replace everything, without reading it all out. */
  fill(messages, language) {
    this.#element.setAttribute("aria-live", "off");
    this.clear();
    for (const message of messages) this.add(message, language);
    requestAnimationFrame(() => this.#element.setAttribute("aria-live", "polite"));
  }

  /** Take back a message that did not arrive. */
  withdraw(element) {
    element.remove();
    this.#anchor = [...this.#element.querySelectorAll(".customer")].pop() ?? this.#element.firstElementChild;
    if (this.#anchor) this.#show();
  }

  /** Add what was said elsewhere since, of all that was said. */
  catchUp(messages, language) {
    const here = this.#element.querySelectorAll(".message").length;
    for (const message of messages.slice(here)) this.add(message, language);
  }

  /** How many messages of the customer's stand here. */
  customers() {
    return this.#element.querySelectorAll(".customer").length;
  }

  clear() {
    this.#element.replaceChildren();
    this.#anchor = null;
  }

  typing(on) {
    clearTimeout(this.#timer);
    if (!on) this.#typing.hidden = true;
    else this.#timer = setTimeout(() => (this.#typing.hidden = false), TYPING_AFTER);
  }

  /** A long answer is read from its beginning: the question stays at the top of what is seen. */
  #show() {
    this.#element.scrollTop = this.#anchor.offsetTop - 12;
    this.#shownAt = this.#element.scrollTop;
  }
}
