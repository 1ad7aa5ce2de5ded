/** Looks every few seconds for what is new, and puts it where it belongs; without a script one reloads the page. */
const EVERY = 4000;

async function look() {
  const live = document.getElementById("live");
  if (live && !document.hidden) {
    try {
      const response = await fetch(location.pathname, { cache: "no-store", redirect: "error" });
      const fresh = response.ok && new DOMParser().parseFromString(await response.text(), "text/html").getElementById("live");
      if (fresh && fresh.textContent !== live.textContent) put(live, fresh);
    } catch {
      // The session is over or the line is down: what is shown stays, and the next look tries again.
    }
  }
  setTimeout(look, EVERY);
}

function put(live, fresh) {
  const focused = live.contains(document.activeElement);
  live.replaceChildren(...fresh.childNodes);
  toTheEnd();
  if (focused) live.querySelector(".log")?.focus({ preventScroll: true });
}

function toTheEnd() {
  const log = document.querySelector(".log");
  if (log) log.scrollTop = log.scrollHeight;
}

toTheEnd();
setTimeout(look, EVERY);
