/** Server-sent events of a fetch response, as they come: yields {event, data}. */
export async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    // A "\r" at the very end may be half of a "\r\n"; it waits for what follows.
    const blocks = rest.replace(/\r\n|\r(?!$)/g, "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      if (/^(event|data):/m.test(block)) yield parse(block);
    }
  }
}

function parse(block) {
  const event = { event: "message", data: "" };
  const data = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (line.startsWith("event:")) event.event = value;
    if (line.startsWith("data:")) data.push(value);
  }
  event.data = data.join("\n");
  return event;
}
