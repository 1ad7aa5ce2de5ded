"""Small pieces the finders' patterns are made of; words in capitals are symbols of the line."""

TAKEN = "\x00"
BEGIN, FINISH = r"(?<![\w=.,/$#-])", r"(?!\w)"
THING = r"(?:INVOICE|PAYMENT|CHEQUE|ones?)"
PLACE = r"=?\d{1,2}(?:th|eme|er)"


def either(*listed: str) -> str:
    """``"svp stp s_il"`` → ``(?:svp|stp|s il)``; patterns of single words may stand among them."""
    return f"(?:{'|'.join(word.replace('_', ' ') for words in listed for word in words.split())})"


def before(*listed: str, signs: str = r".,!?;:)") -> str:
    """Looks ahead for one of the words, a sign, what was taken or the end, and takes none of it."""
    return rf"(?= ?(?:$|[{signs}{TAKEN}]|{either(*listed)}\b))"
