"""What a document is called, for a customer and for a file system."""

from pathlib import Path

from billing.templating import texts
from company import Language

_TITLES = Path(__file__).with_name("templates") / "titles.yml"


def document_title(numbers: list[str], language: Language) -> str:
    """``Facture 34821907`` or ``14 factures``."""
    words = texts(_TITLES, language)
    if len(numbers) == 1:
        return f"{words['one']} {numbers[0]}"
    return f"{len(numbers)} {words['many']}"


def file_name(numbers: list[str], language: Language) -> str:
    """Letters, digits and hyphens only: it goes into a header."""
    words = texts(_TITLES, language)
    return f"{words['file']}-{numbers[0]}.pdf" if len(numbers) == 1 else f"{words['files']}-{len(numbers)}.zip"
