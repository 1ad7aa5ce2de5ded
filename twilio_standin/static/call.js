/** The call: what is heard, which keys can be pressed, and pauses that pass by themselves. */
import { dial, hangUp, press, wait } from "./api.js";
import { say } from "./texts.js";

const KEYS = [..."123456789*0#"];
const byId = (id) => document.getElementById(id);

let call = null;
let pausing;

/** Wire the buttons; ``caller`` gives the number that calls, ``failed`` hears what went wrong. */
export function prepareCall(caller, failed) {
  for (const key of KEYS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = key;
    button.addEventListener("click", () => step(() => press(call.sid, key)));
    byId("keys").append(button);
  }
  const step = (action) => action().then(show, failed);
  byId("dial").addEventListener("click", () => step(() => dial(caller())));
  byId("silence").addEventListener("click", () => step(() => wait(call.sid)));
  byId("hang-up").addEventListener("click", () => step(() => hangUp(call.sid)));
  show(null);

  function show(now) {
    call = now;
    showCall();
    clearTimeout(pausing);
    if (call?.state === "pause") pausing = setTimeout(() => step(() => wait(call.sid)), call.seconds * 1000);
  }
}

/** Show the call in the page's language. */
export function showCall() {
  const open = call !== null && call.state !== "ended";
  byId("dial").disabled = open;
  byId("hang-up").disabled = !open;
  byId("silence").disabled = !open || call.state === "queue";
  for (const key of byId("keys").children) key.disabled = !open;
  byId("call-state").textContent = say(`state_${call?.state ?? "ended"}`);
  byId("heard").replaceChildren(...(call?.lines ?? []).map(line));
  byId("heard").scrollTop = byId("heard").scrollHeight;
}

function line({ kind, text, language }) {
  const shown = document.createElement("p");
  shown.className = kind;
  shown.lang = language ?? "";
  const words = {
    said: () => text,
    pressed: () => say("pressed", { text }),
    silence: () => say("nothing_pressed"),
    queue: () => say("in_queue", { text }),
    end: () => say("ended"),
    error: () => say("failed", { text }),
  };
  if (kind !== "said") shown.removeAttribute("lang");
  shown.textContent = words[kind]();
  return shown;
}
