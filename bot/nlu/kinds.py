"""How the contract sorts intents: tasks, questions, conversation."""

CONVERSATION = frozenset(
    "greet goodbye thank affirm deny cancel inform help repeat restart switch_language bot_challenge complain "
    "out_of_scope".split()
)


def is_question(intent: str) -> bool:
    """Whether it is a question of the FAQ."""
    return intent.startswith("faq_")


def is_task(intent: str) -> bool:
    """Whether it starts something."""
    return intent not in CONVERSATION and not is_question(intent)
