"""The picture of the README: ``python -m tests.support.picture`` takes it anew, on the running product."""

import tempfile
from pathlib import Path

from launch.settings import ROOT
from tests.support.product import running_product
from tests.support.visitor import Visitor, a_browser

PICTURE = ROOT / "docs" / "images" / "conversation-fr.png"


def take(to: Path) -> None:
    """A customer sees what is overdue, takes an invoice and is asked for the yes to a payment."""
    with tempfile.TemporaryDirectory() as folder, running_product(Path(folder)) as product, a_browser() as browser:
        product.reset()
        visitor = Visitor(browser, product.assistant_url, locale="fr-CA", viewport={"width": 1080, "height": 930})
        visitor.signs_in("Boulangerie Saint-Roch")
        visitor.says("Est-ce que j'ai des factures en retard?", "34822466")
        visitor.says("Envoie-moi la deuxième en PDF", "Voici la facture 34822466")
        visitor.presses("La payer", "OUI ou NON")
        visitor.page.mouse.move(0, 0)
        to.parent.mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=to)


if __name__ == "__main__":
    take(PICTURE)
