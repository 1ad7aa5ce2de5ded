/** One message of the conversation as elements. Everything said is put in as text, never as markup. */
import { text } from "./texts.js";

const SAFE = new Set(["http:", "https:", "tel:", "mailto:"]);

/** `onChoice({id, title})` is called when one of its choices is pressed. */
export function messageElement(message, language, onChoice) {
  const from = message.from === "customer" ? "customer" : "assistant";
  const element = make("article", `message ${from}`);
  element.lang = `${message.language ?? language}-CA`;
  const bubble = make("div", "bubble");
  bubble.append(author(message, from, language), make("p", "words", message.text ?? ""));
  element.append(bubble);
  for (const image of message.images ?? []) element.append(...picture(image));
  for (const item of message.documents ?? []) element.append(...card(item, language));
  const links = (message.links ?? []).flatMap((link) => anchor(link, "link", language));
  if (links.length) element.append(group("links", links));
  if (message.choices?.length) element.append(choices(message.choices, language, onChoice));
  return element;
}

/** Heard by all; seen where it is a person: nobody should take one for the program. */
function author(message, from, language) {
  if (message.person) return make("strong", "person", message.person);
  const element = make("span", "hidden", `${text(from === "customer" ? "you" : "assistant", language)} `);
  element.lang = `${language}-CA`;
  return element;
}

function choices(offered, language, onChoice) {
  const buttons = offered.map((choice) => {
    const button = make("button", "choice", choice.title);
    button.type = "button";
    button.addEventListener("click", () => onChoice(choice));
    return button;
  });
  const element = group("choices", buttons);
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", text("choices", language));
  return element;
}

function card(item, language) {
  const kind = item.media_type === "application/zip" ? "ZIP" : "PDF";
  return anchor(item, "document", language).map((link) => {
    const badge = make("span", "badge", kind);
    link.prepend(badge);
    return link;
  });
}

/** A link, or only its title as text where its address is none we open. */
function anchor({ title, url }, className, language) {
  const address = safe(url);
  if (!address) return [make("span", className, title)];
  const link = make("a", className);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  const note = make("span", "hidden", ` ${text("new_tab", language)}`);
  note.lang = `${language}-CA`;
  link.append(make("span", "title", title), note);
  return [link];
}

function picture({ alt, url }) {
  const address = safe(url);
  if (!address) return [];
  const image = make("img", "picture");
  image.alt = alt ?? "";
  image.src = address;
  image.loading = "lazy";
  image.referrerPolicy = "no-referrer";
  return [image];
}

function safe(url) {
  try {
    const address = new URL(url, location.href);
    return SAFE.has(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

function group(className, children) {
  const element = make("div", className);
  element.append(...children);
  return element;
}

function make(tag, className, words) {
  const element = document.createElement(tag);
  element.className = className;
  if (words !== undefined) element.textContent = words;
  return element;
}
