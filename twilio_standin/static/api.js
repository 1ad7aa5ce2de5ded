/** What the phone does, by the stand-in's own API. Every call throws when the stand-in does not answer. */
async function ask(path, method = "GET", body) {
  const answer = await fetch(`api/${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

const phone = (number) => `phones/${encodeURIComponent(number)}`;

export const customers = () => ask("customers");
export const mailTo = (address) => ask(`mail?to=${encodeURIComponent(address)}`);
export const textsOn = (number) => ask(`${phone(number)}/texts`);
export const write = (number, body) => ask(`${phone(number)}/texts`, "POST", { body });
export const makeSpecial = (number, landline) => ask(phone(number), "PUT", { landline });
export const dial = (number) => ask(`${phone(number)}/calls`, "POST");
export const press = (call, digits) => ask(`calls/${call}/keys`, "POST", { digits });
export const wait = (call) => ask(`calls/${call}/silence`, "POST");
export const hangUp = (call) => ask(`calls/${call}/hang-up`, "POST");
