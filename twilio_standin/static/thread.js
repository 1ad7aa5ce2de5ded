/** The texts on the phone, with addresses that can be opened, and the mail of its owner. */
import { say } from "./texts.js";

const ADDRESS = /(https?:\/\/\S+)/;

/** Show texts, oldest first; only what is new is added, so that a screen reader says each once. */
export function showTexts(thread, texts) {
  const known = new Set([...thread.children].map((shown) => shown.dataset.sid));
  if (texts.length === 0 || ![...known].every((sid) => texts.some((text) => text.sid === sid))) thread.replaceChildren();
  const fresh = texts.filter((text) => !thread.querySelector(`[data-sid="${text.sid}"]`));
  thread.append(...fresh.map(bubble));
  if (texts.length === 0) thread.append(hint());
  if (fresh.length > 0) thread.scrollTop = thread.scrollHeight;
}

/** Show mails, newest first. */
export function showMail(list, mails) {
  const entries = mails.map((mail) => {
    const entry = document.createElement("li");
    const subject = document.createElement("strong");
    subject.textContent = mail.subject;
    const body = document.createElement("p");
    body.append(...withLinks(mail.body));
    entry.append(subject, body);
    return entry;
  });
  if (entries.length === 0) entries.push(Object.assign(document.createElement("li"), { textContent: say("no_mail") }));
  const said = entries.map((entry) => entry.textContent).join("\n");
  if (said === list.dataset.said) return;
  list.dataset.said = said;
  list.replaceChildren(...entries);
}

function bubble(text) {
  const shown = document.createElement("p");
  shown.className = `text ${text.direction}`;
  shown.dataset.sid = text.sid;
  const who = document.createElement("span");
  who.className = "hidden";
  who.textContent = `${say(text.direction === "sent" ? "me" : "assistant")}: `;
  shown.append(who, ...withLinks(text.body));
  return shown;
}

function hint() {
  const shown = document.createElement("p");
  shown.className = "small hint";
  shown.textContent = say("no_texts");
  return shown;
}

function withLinks(words) {
  return words.split(ADDRESS).map((piece) => {
    if (!ADDRESS.test(piece)) return document.createTextNode(piece);
    const link = document.createElement("a");
    link.href = piece;
    link.textContent = piece;
    link.target = "_blank";
    link.rel = "noreferrer";
    return link;
  });
}
