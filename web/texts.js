/** The words of the page itself, French beside English; what the assistant says comes from the channel. */
const TEXTS = {
  title: { fr: "Assistant de facturation", en: "Billing assistant" },
  skip: { fr: "Aller au message", en: "Skip to the message" },
  anonymous: { fr: "Vous n’êtes pas connecté", en: "You are not signed in" },
  signed_in: { fr: "Connecté\u00a0: {name}", en: "Signed in: {name}" },
  side: { fr: "À propos de l’assistant", en: "About the assistant" },
  sign_in: { fr: "Se connecter (démo)", en: "Sign in (demo)" },
  sign_in_note: {
    fr: "Choisissez un client fictif, comme s’il venait du portail.",
    en: "Choose a made-up customer, as if they came from the portal.",
  },
  sign_out: { fr: "Se déconnecter", en: "Sign out" },
  language_fr: { fr: "français", en: "French" },
  language_en: { fr: "anglais", en: "English" },
  refused: {
    fr: "Ce client n’a pas d’accès au portail; vous pouvez clavarder sans vous connecter.",
    en: "This customer has no access to the portal; you can chat without signing in.",
  },
  locked: {
    fr: "L’accès de ce client est bloqué. Demandez à l’assistant de réinitialiser le mot de passe.",
    en: "This customer’s access is locked. Ask the assistant to reset the password.",
  },
  sign_in_failed: {
    fr: "La connexion n’a pas fonctionné. Réessayez dans un instant.",
    en: "Signing in did not work. Try again in a moment.",
  },
  can_title: { fr: "Ce que je fais pour vous", en: "What I can do for you" },
  can_balance: { fr: "Votre solde et vos factures en souffrance", en: "Your balance and overdue invoices" },
  can_pdf: { fr: "Une facture en PDF, expliquée ou contestée", en: "An invoice as PDF, explained or disputed" },
  can_pay: {
    fr: "Un paiement confirmé avec vous, son suivi, ou un délai",
    en: "A payment confirmed with you, its status, or more time",
  },
  can_password: { fr: "Mot de passe, adresse, accès, papier", en: "Password, address, access, paper" },
  safe_title: { fr: "Pour votre sécurité", en: "For your security" },
  safe: {
    fr: "N’écrivez jamais de mot de passe ni de numéro de compte bancaire ici\u00a0: l’assistant ne vous en demande jamais. Rien n’est payé sans un oui clair de votre part.",
    en: "Never type a password or a bank account number here: the assistant never asks for one. Nothing is paid without a clear yes from you.",
  },
  conversation: { fr: "Conversation", en: "Conversation" },
  assistant: { fr: "Assistant\u00a0:", en: "Assistant:" },
  you: { fr: "Vous\u00a0:", en: "You:" },
  typing: { fr: "L’assistant écrit…", en: "The assistant is typing…" },
  message: { fr: "Votre message", en: "Your message" },
  placeholder: { fr: "Écrivez votre message", en: "Type your message" },
  send: { fr: "Envoyer", en: "Send" },
  hint: {
    fr: "Entrée pour envoyer, Maj + Entrée pour une nouvelle ligne.",
    en: "Enter to send, Shift + Enter for a new line.",
  },
  count: { fr: "{left} caractères restants", en: "{left} characters left" },
  over_length: {
    fr: "Ce message est trop long de {over} caractères. Raccourcissez-le, il est toujours là.",
    en: "This message is {over} characters too long. Shorten it; it is still there.",
  },
  choices: { fr: "Choix de réponse", en: "Suggested answers" },
  new_tab: { fr: "(s’ouvre dans un nouvel onglet)", en: "(opens in a new tab)" },
  restart: { fr: "Nouvelle conversation", en: "New conversation" },
  retry: { fr: "Réessayer", en: "Try again" },
  speak: { fr: "En français, s’il vous plaît", en: "English, please" },
  over: {
    fr: "Par sécurité, cette conversation est terminée. Votre texte est gardé; commencez-en une nouvelle pour continuer.",
    en: "For your security, this conversation is over. Your text is kept; start a new one to go on.",
  },
  over_soon: {
    fr: "Par sécurité, cette conversation se termine dans deux minutes.",
    en: "For your security, this conversation ends in two minutes.",
  },
  too_many: {
    fr: "Beaucoup de messages d’un coup. Vous pourrez envoyer le vôtre dans {seconds}\u00a0s; il est gardé.",
    en: "That is a lot of messages at once. You can send yours in {seconds} s; it is kept.",
  },
  stale_choice: {
    fr: "Ce choix ne vaut plus. Écrivez ce que vous voulez faire.",
    en: "That choice is no longer good. Type what you would like to do.",
  },
  refused_message: {
    fr: "Ce message n’a pas pu être lu. Il est gardé; modifiez-le et renvoyez-le.",
    en: "That message could not be read. It is kept; change it and send it again.",
  },
  network: {
    fr: "La connexion a été interrompue. Votre texte est gardé; rien n’a été envoyé deux fois.",
    en: "The connection was lost. Your text is kept; nothing was sent twice.",
  },
  cut_off: {
    fr: "La connexion a été interrompue pendant la réponse.",
    en: "The connection was lost during the answer.",
  },
  unopened: {
    fr: "L’assistant ne répond pas pour l’instant. Votre texte est gardé.",
    en: "The assistant is not answering right now. Your text is kept.",
  },
};

/** The text of that name in the language, with `{name}`s filled in. An unknown name is an error of ours. */
export function text(name, language, values = {}) {
  const words = TEXTS[name]?.[language];
  if (words === undefined) throw new Error(`no text ${name} in ${language}`);
  return words.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
}

/** Write every element marked with data-text, data-label or data-placeholder in the language. */
export function write(root, language) {
  for (const element of root.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text, language);
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label, language));
  }
  for (const element of root.querySelectorAll("[data-placeholder]")) {
    element.placeholder = text(element.dataset.placeholder, language);
  }
}
