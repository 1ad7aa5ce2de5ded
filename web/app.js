/** The page: one conversation at a time, opened, kept over a reload, and ended. */
import * as channel from "./channel.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { recall, remember } from "./memory.js";
import { Notice } from "./notice.js";
import { SignIn } from "./sign_in.js";
import { text, write } from "./texts.js";

const WARNING_SECONDS = 120;
const ASK_AGAIN_AFTER = 800;
const PATIENCE_SECONDS = 5;
const LOOK_EVERY = 4000;
const $ = (id) => document.getElementById(id);

const state = { session: null, expiresAt: 0, name: null, language: "fr", chosen: null, warning: 0, looking: 0 };
let free = Promise.resolve();
let release = null;
const notice = new Notice($("notice"));
const composer = new Composer($("composer"), $("count"), say);
const log = new Log($("log"), $("typing"), (choice) => turn({ choice: choice.id }, choice.title));
const signIn = new SignIn($("sign-in"), { onSignIn: signedIn, onSignOut: () => start() });

/** Write the page in a language; the conversation's own language is the assistant's affair. */
function speak(language) {
  state.language = language;
  document.documentElement.lang = `${language}-CA`;
  document.title = text("title", language);
  write(document, language);
  $("who").textContent = state.name ? text("signed_in", language, { name: state.name }) : text("anonymous", language);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  signIn.write(language, state.name);
  composer.write(language);
  notice.rewrite(language);
}

/** Open a conversation and show its greeting. */
async function start({ portalToken = null, name = null } = {}) {
  await begin();
  notice.clear();
  try {
    const opened = await channel.openSession(portalToken ? null : state.chosen, portalToken);
    keep({ session: opened.session, expiresAt: Date.now() + opened.expires_in * 1000, name });
    log.clear();
    lookFor(null);
    await settle(await channel.history(opened.session).catch(() => opened), opened.messages);
  } catch (error) {
    failedToOpen(error, { portalToken, name });
  } finally {
    end();
  }
}

/** A greeting comes with the session; its language, which the session does not tell, with the history. */
async function settle({ language }, messages) {
  speak(language ?? state.chosen ?? state.language);
  for (const message of messages) log.add(message, state.language);
  keep({});
}

function failedToOpen(error, how) {
  // A portal token serves once: what is tried again is the whole sign-in, or no sign-in.
  const again = how.portalToken ? () => start() : () => start(how);
  if (error.kind === "too_many") notice.countDown("too_many", () => state.language, error.retryAfter || PATIENCE_SECONDS, again);
  else notice.show("unopened", state.language, { action: { name: "retry", run: again } });
}

/** Take the conversation up again after a reload. */
async function resume(kept) {
  Object.assign(state, kept);
  speak(kept.language);
  await begin();
  try {
    await refresh();
    warnInTime();
  } catch (error) {
    if (error.kind === "over") over();
    else notice.show("unopened", state.language, { action: { name: "retry", run: () => resume(kept) } });
  } finally {
    end();
  }
}

async function refresh() {
  const { messages, language, person } = await channel.history(state.session);
  speak(language ?? state.language);
  log.fill(messages, state.language);
  lookFor(person);
  return messages;
}

/** Send what was typed. Returns whether it went. */
function say(words) {
  return turn({ text: words }, words);
}

/** One turn: the customer's message at once, the answers as they come. */
async function turn(content, words) {
  if (release) return false;
  if (!state.session) {
    over();
    return false;
  }
  begin();
  notice.clear();
  const before = log.customers();
  const said = [log.add({ from: "customer", text: words }, state.language)];
  try {
    for await (const { message, language, person } of channel.send(state.session, content)) {
      // The page has already shown the customer's own words.
      if (message && message.from !== "customer") said.push(log.add(message, message.language ?? state.language));
      if (language) follow(language, said.slice(1));
      if (!message) lookFor(person);
    }
    return true;
  } catch (error) {
    return await failedTurn(error, before, said);
  } finally {
    end();
  }
}

/** While a person is asked for or has the conversation, look now and then for what they wrote. */
function lookFor(person) {
  clearTimeout(state.looking);
  if (person) state.looking = setTimeout(look, LOOK_EVERY);
}

async function look() {
  if (release || document.hidden) return lookFor(true);
  const { session } = state;
  try {
    const { messages, person } = await channel.history(session);
    if (session !== state.session) return;
    if (!release) log.catchUp(messages, state.language);
    lookFor(person || release);
  } catch (error) {
    // Whoever writes next hears that the conversation is over; a line that is down is tried again.
    if (error.kind !== "over" && session === state.session) lookFor(true);
  }
}

/** The assistant changed its language: so does the page, and what it just said is marked as that. */
function follow(language, said) {
  for (const element of said) element.lang = `${language}-CA`;
  if (language !== state.language) speak(language);
  keep({});
}

/** Returns whether the message arrived all the same. */
async function failedTurn(error, before, said) {
  if (error.kind === "network" || error.kind === "unavailable") {
    if (await arrived(before)) return true;
    if (said.length > 1) {
      notice.show("cut_off", state.language, { action: { name: "retry", run: () => resume(recall()) } });
      return true;
    }
    notice.show("network", state.language);
  } else if (error.kind === "over") over();
  else if (error.kind === "too_many") {
    composer.hold(error.retryAfter || PATIENCE_SECONDS);
    notice.countDown("too_many", () => state.language, error.retryAfter || PATIENCE_SECONDS);
  } else if (error.kind === "too_long") composer.tooLong();
  else notice.show(error.kind === "stale_choice" ? "stale_choice" : "refused_message", state.language);
  log.withdraw(said[0]);
  return false;
}

/** After a broken line: ask what was said, so that nothing is sent twice that was heard once. */
async function arrived(before) {
  await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_AFTER));
  try {
    const messages = await refresh();
    return messages.filter((message) => message.from === "customer").length > before;
  } catch {
    return false;
  }
}

function over() {
  keep({ session: null });
  notice.show("over", state.language, { action: { name: "restart", run: () => start() } });
}

async function signedIn(portalToken, name) {
  await start({ portalToken, name });
  $("message").focus();
}

function keep(changes) {
  Object.assign(state, changes);
  const { session, expiresAt, name, language } = state;
  remember(session && { session, expiresAt, name, language });
  warnInTime();
}

/** Whoever needs longer must know before it ends (WCAG 2.2.1). */
function warnInTime() {
  clearTimeout(state.warning);
  const left = state.expiresAt - Date.now() - WARNING_SECONDS * 1000;
  if (!state.session || left <= 0 || left > 2 ** 31 - 1) return;
  state.warning = setTimeout(() => notice.show("over_soon", state.language, { calm: true }), left);
}

/** One exchange at a time: waits until the one under way is over. */
async function begin() {
  while (release) await free;
  free = new Promise((resolve) => (release = resolve));
  show(true);
}

function end() {
  const done = release;
  release = null;
  show(false);
  done();
}

function show(busy) {
  composer.busy(busy);
  log.typing(busy);
}

/** The toggle: a conversation not begun is greeted anew; in one under way the assistant is asked, in words. */
async function choose(language) {
  if (language === state.language) return;
  state.chosen = language;
  speak(language);
  while (release) await free;
  if (!log.customers() && !state.name) await start();
  else await turn({ text: text("speak", language) }, text("speak", language));
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => choose(button.dataset.language));
}
$("restart").addEventListener("click", () => start());

const kept = recall();
if (kept?.session) resume(kept);
else start();
signIn.load();
