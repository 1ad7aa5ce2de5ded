"""Which one is pointed at: the latest, the oldest, all, those overdue, or a place in a list."""

import re

from languages.values import numerals
from languages.values.reading import Reading

_FR_ORDINALS = "premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme".split()
_EN_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ORDINALS = (
    {word: at for at, word in enumerate(_FR_ORDINALS, 1)}
    | {word: at for at, word in enumerate(_EN_ORDINALS, 1)}
    | {
        "premier": 1, "seconde": 2, "1re": 1, "1ere": 1, "1iere": 1, "1ier": 1, "2nde": 2, "frist": 1, "fisrt": 1, "firts": 1, "secnod": 2, "secon": 2,
        "deuxiemme": 2, "dexieme": 2, "2ieme": 2, "troisiemme": 3, "premiere": 1, "deuxime": 2, "troisime": 3, "therd": 3, "thrid": 3, "forth": 4, "fith": 5,
    }
)  # fmt: skip
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_FIGURE = r"\d{1,2}(?:st|nd|rd|th|e|eme|ieme|iem|em|ere|re|er)(?![a-z\d])"
_THING = r"(?:one|ones|factures?|invoices?|invocies?|inv|bills?|fact|statements?|paiements?|payments?|releves?)"
# Idioms that point at nothing.
_IDIOMS = re.compile(
    r"\b(?:tout(?:e)? de suite|tout a fait|tout a l'heure|tout le monde|tout le temps|tout l'temps|tout d'abord|tout court|pas du tout|du tout|toutes? facons?|toute facon|"
    r"c'est tout|cest tout|c tout|tout est|tous les (?:jours|mois|deux|ans|soirs|matins)|toutes les (?:semaines|deux|heures)|malgre tout|apres tout|avant tout|tout ca|"
    r"(?:une|deux|trente|quelques) secondes?|(?:a|one|1|just a|give me a|couple|few) (?:second|sec)s?|second thoughts?|"
    r"(?:la |ma |une )?premiere fois|(?:my |the |for the )?first time|first of all|at first|first thing|first name|premiere question|en premier(?: lieu)?|"
    r"(?:avant|antepenul)-derni\w+|avant derni\w+|(?:second|2nd|third)[ -](?:to[ -])?last|next to last|la deuxieme fois|(?:la |une )?(?:deuxieme|troisieme) fois|second time|"
    r"all right|alright|after all|at all|all day|all the time|all week|all year|all along|all good|all set|that's all|thats all|that is all|is that all|all over|all about|of all|"
    r"for all i|all your help|all those|thanks for everything|everything (?:is|was|ok|okay|fine|good|else)|all customers|all accounts|all banks|"
    r"(?:a|one|two|un|deux) (?:third|thirds|tiers|quarter)|third part(?:y|ies)|tierce|"
    r"last (?:time|name|night|word|call|chance|four|digits?|\d)|at last|(?:la |une )?derni\w+ fois|dernier mot|derniers? chiffres?|dernieres? nouvelles|at the latest|au plus tard|"
    r"late fees?|too late|running late|i'm late|latest version|frais de retard|plus tard|trop tard|later|en (?:un|deux|trois) fois|"
    r"\d+(?:e|eme|th|rd|nd|st)? (?:etage|floor|ligne|line|grade)|(?:ligne|line|item|article|etage|floor|bac|tray|step|etape|suite|unit|bureau|apt) (?:no |number |numero |# ?)?\d+|"
    r"(?:la |the |ma |my )?(?:premiere|deuxieme|troisieme|first|second|third) (?:ligne|line|page|adresse|address|langue|language|etage|floor|etape|step))\b"
)
_OVERDUE_WORD = (
    r"(?:en retard|en retart|en souffrance|overdu\w?|over due|past[ -]?due|pastdue|passees? due?s?|passes? dus?|passe du|echue?s|arrierees?|arrieres|arrears|"
    r"in arrears|delinquent|late)"
)
_ALL_BEFORE_OVERDUE = r"(?:(?:toutes?|tous?|tou|tout|all|everything|anything|any|only|seulement|juste|just|every)(?: (?:of|les?|mes|nos|the|my|our|ce qui est|celles?|ceux|qui sont|that's|that is|what's|ones|that are|facture?s?|invoices?|bills?))* )?"
_OVERDUE = re.compile(rf"(?<![a-z\d]){_ALL_BEFORE_OVERDUE}{_OVERDUE_WORD}(?: (?:ones?|factures?|invoices?|bills?))?(?![a-z])")
_LATEST = re.compile(
    rf"(?<![a-z\d-])(?:(?:ma|la|le|mon|notre|votre|cette|the|my|our|sa) )?(?:(?:toute )?dernieres?|dernier|dernire|derniere|newest|latest|lastest|most recent|plus recente?s?|plus resente|last)"
    rf"(?: (?P<thing>{_THING}))?(?![a-z\d])"
)
# "last" and "dernier" point at an invoice only where they say so or end the phrase.
_LAST_ENDS = re.compile(r" ?(?:$|[.,!?;:)\x00]|(?:svp|stp|please|pls|one|s'il|en|in|as|par|by|que|qu'|de|from|for|pour|you|vous|and|et|a|to|is|est|du|again|encore|recue?|sent|envoyee?|which|ou|or)\b)")
_OLDEST = re.compile(r"(?<![a-z\d-])(?:(?:la|le|ma|the|my|our) )?(?:facture )?(?:la )?(?:plus (?:vieille?|vieux|ancienne?|viele|veille|ancien)s?|oldest|odlest|earliest)(?![a-z])")
_ALL = re.compile(
    r"(?<![a-z\d'-])(?:"
    r"(?:toutes?|tous|tout|tou|ttes|tte)(?: (?:les|mes|nos|ces|vos|ls))?(?: (?:deux|trois|quatre|autres))? (?:factures?|facture|factur|comptes?|soldes?|paiements?|montants?|celles?|invoices?|bills?|relevs?|releves?|sommes?)"
    r"|(?:tout |la totalite|le tout|l'ensemble|l'integralite|en totalite)(?: au complet)?(?=[ .,!?]|$)"
    r"|(?:tout )?au complet|(?:le |mon |tout le )?(?:montant|solde|full amount|balance) (?:total|au complet|complet|entier)|tout le (?:solde|montant|reste)|toute la (?:gang|somme|dette|patente|liste)"
    r"|all(?: of)?(?: (?:the|my|our|these|those))?(?: (?:open|outstanding|unpaid|other|three|four|five))? (?:invoices?|bills?|statements?|balances?|payments?|of them|of it|them|of these|of those|ones?)"
    r"|every(?: single)? (?:one(?: of them)?|invoice|bill|last one)|everything|the (?:whole|entire|full|total) (?:thing|lot|amount|balance|bill|sum|batch|list|shebang)|(?:full|whole|entire|total) (?:amount|balance)|the lot|pay (?:it )?all|in full on all"
    r"|(?:paye|payer|payez|regle|regler|reglez|acquitter|solder|prenez|prends|prendre|debitez|envoyez?|send|on paye|on paie) tou?te?s?(?: ca)?(?=[ .,!?]|$)|tout (?:payer|regler|acquitter|solder|envoyer|prendre)"
    r"|^(?:all|tout|toutes|tous|ttes|tte|tt)(?= ?(?:$|[.,!]|svp|stp|please|pls|sans exception|of it))|(?<=, )toutes?$"
    r")(?![a-z])"
)
_FIRST_FEW = re.compile(
    r"(?<![a-z\d])(?:(?:les|the|mes|my) )?(?:(?P<a>deux|trois|quatre|cinq|[2-5]) (?:premieres?|premiers?|first)|(?:first|premieres?) (?P<b>two|three|four|five|deux|trois|[2-5]))(?![a-z])"
)
_PLACE = re.compile(
    rf"(?<![a-z\d'-])(?:(?:la|le|ma|mon|the|my|pour la|sur la|celle du|l'|d'un) ?)?(?P<o>{_ORDINAL}|{_FIGURE})(?P<thing> {_THING})?(?![a-z\d-])"
)
_NUMBERED = re.compile(
    rf"(?<![a-z\d])(?:(?:le )?numero|(?:le )?no\.?|number|numba|nbr|num|option|choix|choice|#|n°|la|(?:les) (?=[2-9] et)) ?"
    rf"(?P<n>[1-9]\d?|{'|'.join('une deux trois quatre cinq six sept huit neuf dix one two three four five six seven eight nine ten'.split())})"
    r"(?![\d.,]\d|[a-z\d/$%-]| ?(?:\$|dollars?|piasses?|h\b|heures?|fois|mois|jours?|semaines?|factures?|derni|premi))"
)
# After an ordinal, a noun that is not an invoice: another first is meant.
_OTHER_NOUN = re.compile(
    r" (?:place|thing|chose|quarter|trimestre|day|jour|step|etape|etage|floor|name|prenom|nom|half|moitie|versement|instalment|installment|payment plan|month|mois|week|"
    r"semaine|year|annee|avis|notice|reminder|rappel|email|courriel|call|appel|user|person|personne|class|aid|rate|of the month|du mois|time|fois|degree|base|year|"
    r"party|hand|ligne|line|page|colonne|column|contact|responder|language|langue|question|message|account|compte|bank|banque)"
)


def find_selectors(reading: Reading) -> None:
    """Take selectors; a narrower word wins: "all overdue" is ``overdue``."""
    for idiom in _IDIOMS.finditer(reading.plain):
        reading.hide(idiom.start(), idiom.end())
    for found in _OVERDUE.finditer(reading.plain):
        reading.take("selector", "overdue", found.start(), found.end())
    for found in _FIRST_FEW.finditer(reading.plain):
        _take_first_few(reading, found)
    for found in _OLDEST.finditer(reading.plain):
        reading.take("selector", "oldest", found.start(), found.end())
    for found in _LATEST.finditer(reading.plain):
        bare = re.search(r"(?:last|dernier\w*)$", found[0].strip())
        if found["thing"] or not bare or _LAST_ENDS.match(reading.plain, found.end()):
            reading.take("selector", "latest", found.start(), found.end())
    for found in _ALL.finditer(reading.plain):
        reading.take("selector", "all", found.start(), found.end())
    for found in _PLACE.finditer(reading.plain):
        if found["thing"] or not _OTHER_NOUN.match(reading.plain, found.end()):
            reading.take("selector", str(_place(found["o"])), found.start(), found.end())
    for found in _NUMBERED.finditer(reading.plain):
        number = numerals.small(found["n"])
        if number:
            reading.take("selector", str(number), found.start(), found.end())


def _place(said: str) -> int:
    return _ORDINALS.get(said) or int(re.match(r"\d*", said)[0] or 0)  # type: ignore[index]  # always matches


def _take_first_few(reading: Reading, found: re.Match[str]) -> None:
    """"The first two" is the first and the second, both where it stands."""
    count = numerals.small(found["a"] or found["b"])
    for place in range(1, count + 1):
        reading.take("selector", str(place), found.start(), found.end())
