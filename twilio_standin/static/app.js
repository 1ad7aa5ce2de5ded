/** The phone's page: whose phone it is, its texts, its calls, and the mail of its owner. */
import { customers, mailTo, makeSpecial, textsOn, write } from "./api.js";
import { prepareCall, showCall } from "./call.js";
import { language, say, speak, translate } from "./texts.js";
import { showMail, showTexts } from "./thread.js";

const EVERY_MS = 1000;
const NUMBER = /^\+\d{8,15}$/;
const NOBODY_IN_PARTICULAR = "+15145550100";
const byId = (id) => document.getElementById(id);

let everybody = [];

function owner() {
  return everybody.find((one) => one.phone === byId("number").value);
}

function isNumber() {
  const right = NUMBER.test(byId("number").value);
  byId("number-problem").textContent = right ? "" : say("number_wrong");
  byId("number").setAttribute("aria-invalid", String(!right));
  return right;
}

function listCustomers() {
  const options = everybody.map((one) => new Option(one.name, one.phone));
  byId("customer").replaceChildren(...options, new Option(say("somebody"), NOBODY_IN_PARTICULAR));
  byId("customer").value = owner()?.phone ?? NOBODY_IN_PARTICULAR;
  const accounts = owner()?.accounts ?? [];
  byId("account").textContent = accounts.length ? say("account", { accounts: accounts.join(", ") }) : "";
}

async function look() {
  if (NUMBER.test(byId("number").value)) showTexts(byId("texts"), await textsOn(byId("number").value));
  showMail(byId("mail"), owner() ? await mailTo(owner().email) : []);
}

function failed() {
  byId("text-problem").textContent = say("out_of_reach");
}

async function send() {
  const body = byId("text").value;
  if (!isNumber()) return;
  const sent = await write(byId("number").value, body);
  byId("text-problem").textContent = sent.status === "received" ? "" : say("not_taken");
  if (sent.status === "received") byId("text").value = "";
  await look();
}

function changeOwner() {
  byId("landline").checked = false;
  listCustomers();
  if (isNumber()) look().catch(failed);
}

function showAll() {
  translate(document);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language()));
  }
  listCustomers();
  showCall();
  byId("texts").replaceChildren();
  byId("mail").dataset.said = "";
}

async function begin() {
  everybody = await customers();
  byId("number").value ||= everybody[0]?.phone ?? NOBODY_IN_PARTICULAR; // who typed before they were there keeps it
  prepareCall(() => (byId("withheld").checked ? "anonymous" : byId("number").value), failed);
  showAll();
  await look();
  setInterval(() => look().then(() => {}, failed), EVERY_MS);
}

byId("customer").addEventListener("change", () => {
  byId("number").value = byId("customer").value;
  changeOwner();
});
byId("number").addEventListener("change", changeOwner);
byId("landline").addEventListener("change", () => {
  makeSpecial(byId("number").value, byId("landline").checked).catch(failed);
});
byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send().catch(failed);
});
byId("text").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId("composer").requestSubmit();
});
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    speak(button.dataset.language);
    showAll();
    look().catch(failed);
  });
}
begin().catch(failed);
