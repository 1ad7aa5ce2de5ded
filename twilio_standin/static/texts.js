/** The words of the phone's page, French beside English; what the assistant says comes from it. */
const TEXTS = {
  title: { fr: "Un téléphone pour l’essai", en: "A phone to try it with" },
  about: {
    fr: "Il tient lieu de Twilio\u00a0: rien ne quitte cet ordinateur.",
    en: "It stands in for Twilio: nothing leaves this computer.",
  },
  skip: { fr: "Aller au texto", en: "Skip to the text message" },
  owner: { fr: "À qui est ce téléphone", en: "Whose phone this is" },
  customer: { fr: "Client de la démo", en: "Demo customer" },
  somebody: { fr: "Quelqu’un d’autre", en: "Somebody else" },
  number: { fr: "Numéro", en: "Number" },
  number_wrong: {
    fr: "Un numéro commence par + et compte de 8 à 15 chiffres, par exemple +14185550134.",
    en: "A number begins with + and has 8 to 15 digits, for example +14185550134.",
  },
  landline: { fr: "C’est un poste fixe, sans textos", en: "It is a landline, without texts" },
  withheld: { fr: "Masquer le numéro en appelant", en: "Withhold the number when calling" },
  account: { fr: "Compte\u00a0: {accounts}", en: "Account: {accounts}" },
  mail: { fr: "Courriels reçus", en: "E-mails received" },
  mail_note: {
    fr: "Les codes arrivent ici, jamais par texto sur le téléphone qui les demande.",
    en: "Codes arrive here, never as a text on the phone that asks for them.",
  },
  no_mail: { fr: "Rien pour l’instant.", en: "Nothing so far." },
  texts: { fr: "Textos", en: "Text messages" },
  no_texts: {
    fr: "Écrivez «\u00a0solde\u00a0», ou appelez et faites le 1, le 4, puis le 1.",
    en: "Write “balance”, or call and press 2, 4, then 1.",
  },
  text: { fr: "Votre texto", en: "Your text message" },
  placeholder: { fr: "Texto", en: "Text message" },
  send: { fr: "Envoyer", en: "Send" },
  me: { fr: "Vous", en: "You" },
  assistant: { fr: "Assistant", en: "Assistant" },
  not_taken: {
    fr: "L’assistant n’a pas reçu ce texto. Est-il en marche?",
    en: "The assistant did not get that text. Is it running?",
  },
  out_of_reach: { fr: "La page n’est plus reliée au téléphone.", en: "The page is no longer connected to the phone." },
  call: { fr: "Appel", en: "Call" },
  heard: { fr: "Ce que vous entendez", en: "What you hear" },
  keys: { fr: "Touches", en: "Keys" },
  dial: { fr: "Appeler", en: "Call" },
  silence: { fr: "Ne rien faire", en: "Do nothing" },
  hang_up: { fr: "Raccrocher", en: "Hang up" },
  pressed: { fr: "Vous faites le {text}", en: "You press {text}" },
  nothing_pressed: { fr: "Vous ne faites rien", en: "You do nothing" },
  in_queue: { fr: "Musique d’attente, file {text}", en: "Hold music, queue {text}" },
  ended: { fr: "L’appel est terminé.", en: "The call has ended." },
  failed: { fr: "L’appel a échoué\u00a0: {text}", en: "The call failed: {text}" },
  state_key: { fr: "On attend une touche.", en: "Waiting for a key." },
  state_pause: { fr: "Une pause…", en: "A pause…" },
  state_queue: { fr: "En attente d’une personne.", en: "Waiting for a person." },
  state_ended: { fr: "Aucun appel.", en: "No call." },
};

/** The language of the page: the one chosen before, else the browser's, French first. */
let spoken = sessionStorage.getItem("language") ?? (navigator.language.startsWith("en") ? "en" : "fr");

export function language() {
  return spoken;
}

export function speak(chosen) {
  spoken = chosen;
  sessionStorage.setItem("language", chosen);
}

/** A text in the page's language, with its values filled in. */
export function say(name, values = {}) {
  return TEXTS[name][spoken].replace(/\{(\w+)\}/g, (_, value) => values[value]);
}

/** Put the page's own words into everything marked for them. */
export function translate(root) {
  document.documentElement.lang = `${spoken}-CA`;
  document.title = say("title");
  for (const marked of root.querySelectorAll("[data-text]")) marked.textContent = say(marked.dataset.text);
  for (const marked of root.querySelectorAll("[data-label]")) marked.setAttribute("aria-label", say(marked.dataset.label));
  for (const marked of root.querySelectorAll("[data-placeholder]")) marked.placeholder = say(marked.dataset.placeholder);
}
