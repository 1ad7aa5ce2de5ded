"""The profile: address of the notices, language of the invoices, paper or not (behaviour.md, rows 13 to 15)."""

from typing import ClassVar
from uuid import uuid4

from actions.billing.errors import Refused
from actions.dialogue.task import Task
from actions.say import Choice
from company import COMPANY
from languages.formats import LANGUAGES
from languages.wishes import delivery_meant


class UpdateEmail(Task):
    """The new address confirms by a link sent there; the old one is told."""

    name: ClassVar[str] = "update_email"
    entities: ClassVar[frozenset[str]] = frozenset({"email"})

    def take(self) -> None:
        """The new address: the last one named, where "from the old to the new" names two."""
        addresses = self.desk.turn.all("email")
        if addresses:
            self.state.fields["email"] = addresses[-1]

    async def go_on(self) -> bool:
        """Show the address on file, ask for the new one, have the link sent."""
        customer, fields = self.desk.customer, self.state.fields
        if "email" not in fields:
            profile = await customer.profile()
            return self.ask("email", "email_new", masked=profile.email_masked)
        try:
            change = await customer.change_email(fields["email"], fields.setdefault("key", str(uuid4())))
        except Refused as refusal:
            return self._refused(refusal)
        self.say.reply("email_link_sent", email=fields["email"], masked=change.email_masked)
        return True

    def _refused(self, refusal: Refused) -> bool:
        if refusal.code == "email-unchanged":
            self.say.reply("email_unchanged", email=self.state.fields["email"])
            return True
        if refusal.code != "email-invalid":
            raise refusal
        said = self.state.fields.pop("email")
        del self.state.fields["key"]
        return self.ask("email", "email_invalid", said=said)


class ChangeProfileLanguage(Task):
    """From now on; the language of this conversation is another matter."""

    name: ClassVar[str] = "change_profile_language"
    entities: ClassVar[frozenset[str]] = frozenset({"language"})
    also_intents: ClassVar[frozenset[str]] = frozenset({"switch_language"})

    def take(self) -> None:
        """Which language."""
        language = self.desk.turn.first("language")
        if language in LANGUAGES:
            self.state.fields["wanted"] = language

    async def go_on(self) -> bool:
        """Change it, and say what it was."""
        wanted = self.state.fields.get("wanted")
        profile = await self.desk.customer.profile()
        if wanted is None:
            choices = [self.choice(f"in_{one}", language=one) for one in LANGUAGES]
            return self.ask("wanted", "profile_language", *choices, now=profile.language)
        if wanted == profile.language:
            self.say.reply("profile_language_already", now=wanted)
            return True
        await self.desk.customer.change_profile(language=wanted)
        self.say.reply("profile_language_changed", now=wanted)
        return True


class RequestPaperInvoices(Task):
    """Paper costs a fee, so it is told and confirmed; back to e-billing is free and is done at once."""

    name: ClassVar[str] = "request_paper_invoices"
    also_intents: ClassVar[frozenset[str]] = frozenset({"faq_paper_fee"})

    def take(self) -> None:
        """Paper or e-mail, or the answer to the fee."""
        turn, fields = self.desk.turn, self.state.fields
        wanted = (turn.choice or {}).get("delivery") or (None if turn.choice else delivery_meant(turn.text))
        if self.state.question == "confirm":
            fields["answer"] = turn.clear_answer
            if turn.clear_answer is None and wanted == "email":
                fields["answer"] = "no"
        elif wanted is not None:
            fields["wanted"] = wanted

    async def go_on(self) -> bool:
        """Tell the fee, confirm, switch."""
        wanted = self.state.fields.get("wanted", "paper")
        profile = await self.desk.customer.profile()
        if wanted == profile.invoices_by:
            back = Choice("paper_stop", self.name, {"delivery": "email"}) if wanted == "paper" else None
            self.say.reply(f"already_by_{wanted}", *([back] if back else []))
            return True
        if wanted == "email":
            await self.desk.customer.change_profile(invoices_by="email")
            self.say.reply("now_by_email")
            return True
        return await self._paper()

    async def _paper(self) -> bool:
        answer = self.state.fields.pop("answer", None)
        if answer == "no":
            self.say.reply("paper_declined")
            return True
        if answer == "yes":
            await self.desk.customer.change_profile(invoices_by="paper")
            self.say.reply("now_by_paper", Choice("paper_stop", self.name, {"delivery": "email"}))
            return True
        yes, no = self.choice("paper_yes", "affirm"), self.choice("paper_no", "deny")
        return self.ask("confirm", "paper_fee_confirm", yes, no, fee=COMPANY.paper_invoice_fee)
