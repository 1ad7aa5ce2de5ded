/** The website channel of the assistant, and its demo doors. Every failure is a ChannelError. */
import { events } from "./events.js";

const TURN_SECONDS = 60;

/** `kind`: over | too_many | too_long | stale_choice | refused | unavailable | network; `retryAfter` in seconds. */
export class ChannelError extends Error {
  constructor(kind, status = 0, retryAfter = 0) {
    super(`${kind} (${status})`);
    Object.assign(this, { kind, status, retryAfter });
  }
}

const KINDS = { 401: "over", 404: "stale_choice", 413: "too_long", 429: "too_many" };

async function call(path, { session, body, accept = "application/json" } = {}) {
  const headers = { Accept: accept };
  if (session) headers.Authorization = `Bearer ${session}`;
  if (body) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(TURN_SECONDS * 1000),
    });
  } catch {
    throw new ChannelError("network");
  }
  if (response.ok) return response;
  const kind = KINDS[response.status] ?? (response.status < 500 ? "refused" : "unavailable");
  throw new ChannelError(kind, response.status, Number(response.headers.get("Retry-After")) || 0);
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    throw new ChannelError("network", response.status);
  }
}

/** → {session, expires_in, messages}. `language` is "fr", "en" or null; `portalToken` serves once. */
export async function openSession(language, portalToken = null) {
  return json(await call("/webhooks/web/session", { body: { language, portal_token: portalToken } }));
}

/** → {messages, language, person}: both sides, so far; `person` {is_here, name} while one is asked for or there. */
export async function history(session) {
  return json(await call("/webhooks/web/history", { session }));
}

/**
 * Send {text} or {choice}; yields {message} for each message as it comes and {language, person} at the end.
 * A stream that ends without its "done" is a network error: more may have been said.
 */
export async function* send(session, content) {
  const response = await call("/webhooks/web/message", { session, body: content, accept: "text/event-stream" });
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
    const answer = await json(response);
    for (const message of answer.messages) yield { message };
    yield { language: answer.language, person: answer.person };
    return;
  }
  try {
    for await (const { event, data } of events(response.body)) {
      if (event === "message") yield { message: JSON.parse(data) };
      if (event === "done") {
        yield standing(data);
        return;
      }
    }
  } catch (error) {
    if (error instanceof ChannelError) throw error;
    throw new ChannelError("network", response.status);
  }
  throw new ChannelError("network", response.status);
}

function standing(data) {
  try {
    const { language, person } = JSON.parse(data);
    return { language, person };
  } catch {
    // "done" need not carry anything.
    return {};
  }
}

/** The made-up customers of the demo, [] where there is no demo. */
export async function demoCustomers() {
  try {
    const customers = await json(await call("/demo/customers"));
    return Array.isArray(customers) ? customers : [];
  } catch {
    // Without the demo, or without its list, one chats without signing in.
    return [];
  }
}

/** → the portal token of a made-up customer. */
export async function demoSignIn(email) {
  return (await json(await call("/demo/sign-in", { body: { email } }))).portal_token;
}
