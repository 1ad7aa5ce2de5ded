/** The demo's sign-in box: a made-up customer, as the portal would hand them over. Hidden without the demo. */
import { demoCustomers, demoSignIn } from "./channel.js";
import { text } from "./texts.js";

const WIDE = matchMedia("(min-width: 60rem)");

export class SignIn {
  #box;
  #list;
  #problem;
  #out;
  #on;
  #language = "fr";
  #name = null;
  #customers = [];
  #wrong = null;

  /** `onSignIn(portalToken, name)`, `onSignOut()`. */
  constructor(box, on) {
    this.#box = box;
    this.#list = box.querySelector("ul");
    this.#problem = box.querySelector("[role=alert]");
    this.#out = box.querySelector("#sign-out");
    this.#on = on;
    this.#out.addEventListener("click", () => on.onSignOut());
  }

  async load() {
    this.#customers = await demoCustomers();
    if (!this.#customers.length) return;
    this.#box.hidden = false;
    this.#box.open = WIDE.matches;
    this.#list.replaceChildren(...this.#customers.map((customer) => this.#item(customer)));
    this.write(this.#language, this.#name);
  }

  write(language, name) {
    this.#language = language;
    this.#name = name;
    this.#out.hidden = !name;
    this.#problem.textContent = this.#wrong ? text(this.#wrong, language) : "";
    [...this.#list.children].forEach((item, index) => {
      const customer = this.#customers[index];
      const button = item.firstElementChild;
      button.setAttribute("aria-pressed", String(customer.name === name));
      button.lastElementChild.textContent = text(customer.language === "en" ? "language_en" : "language_fr", language);
    });
  }

  #item(customer) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    const name = document.createElement("span");
    name.textContent = customer.name;
    name.lang = `${customer.language}-CA`;
    const spoken = document.createElement("span");
    spoken.className = "small";
    button.append(name, " ", spoken);
    button.addEventListener("click", () => this.#choose(customer));
    item.append(button);
    return item;
  }

  async #choose(customer) {
    this.#wrong = null;
    try {
      const token = await demoSignIn(customer.email);
      if (!WIDE.matches) this.#box.open = false;
      await this.#on.onSignIn(token, customer.name);
    } catch (error) {
      this.#wrong = { 401: "refused", 403: "refused", 404: "refused", 423: "locked" }[error.status] ?? "sign_in_failed";
    }
    this.write(this.#language, this.#name);
  }
}
