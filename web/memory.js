/** What the tab remembers over a reload: the session, until when it lasts, and as whom. */
const KEY = "conversation";

/** Returns {session, expiresAt, name, language} or null. */
export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    // Storage may be forbidden, or hold what another version wrote: start as new.
    return null;
  }
}

export function remember(conversation) {
  try {
    if (conversation) sessionStorage.setItem(KEY, JSON.stringify(conversation));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without storage the conversation works; it only does not outlive a reload.
  }
}
