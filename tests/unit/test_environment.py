"""The one environment: every bound of Rasa's that pyproject.toml lifts, and the proof that it may be lifted.

An override without a proof here fails; so does one whose library the lock does not hold.
"""

import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jwt
import numpy as np
import pytest
import sqlalchemy
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from packaging.requirements import Requirement
from packaging.version import LegacyVersion, parse
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.shared.constants import DOMAIN_SCHEMA_FILE
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.utils.validation import (
    YamlValidationException,
    validate_training_data_format_version,
    validate_yaml_schema,
)
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.plotting import plot_confusion_matrix
from twilio.twiml.voice_response import VoiceResponse

from bot.settings import AssistantSettings
from bot.tracker_store import WindowedTrackerStore
from sessions.database import open_engine

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
OVERRIDES = {one.name: one for one in map(Requirement, PROJECT["tool"]["uv"]["override-dependencies"])}
RASA = {
    one.name.lower(): one for one in map(Requirement, PROJECT["tool"]["uv"]["dependency-metadata"][0]["requires-dist"])
}
PROOFS: dict[str, Callable[..., Any]] = {}


def proves(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The test is the proof of an override."""

    def known(proof: Callable[..., Any]) -> Callable[..., Any]:
        PROOFS[name] = proof
        return proof

    return known


def test_each_override_has_its_proof_and_no_proof_is_left_over() -> None:
    """A bound lifted without a reason to trust it is a fault that waits for its day."""
    assert set(PROOFS) == set(OVERRIDES)


@pytest.mark.parametrize("name", OVERRIDES)
def test_the_lock_and_the_environment_keep_an_override(name: str) -> None:
    """What is tested is what is shipped."""
    (locked,) = [package["version"] for package in LOCK["package"] if package["name"] == name]
    assert locked == version(name)
    assert OVERRIDES[name].specifier.contains(locked)


@pytest.mark.parametrize("name", sorted(set(OVERRIDES) - {"cryptography"}))
def test_an_override_is_still_needed(name: str) -> None:
    """Within Rasa's own bound nothing would have to be lifted; cryptography is held back by others than Rasa."""
    assert not RASA[name].specifier.contains(version(name))


def test_the_python_is_one_that_is_supported() -> None:
    """Rasa's own bound ends at 3.10; ours says 3.11 wherever it is said."""
    assert PROJECT["project"]["requires-python"] == ">=3.11,<3.12"
    assert (ROOT / ".python-version").read_text(encoding="utf-8").strip().startswith("3.11")
    assert LOCK["requires-python"] == "==3.11.*"


@proves("sqlalchemy")
async def test_rasas_trackers_are_kept_on_todays_sqlalchemy(tmp_path: Path) -> None:
    """Rasa's own SQL store does not open a database on 2.1 (it makes the address by position); ours does."""
    assert sqlalchemy.__version__.startswith("2.")
    domain = Domain.from_dict({"slots": {"language": {"type": "any", "mappings": [{"type": "custom"}]}}})
    store = WindowedTrackerStore(domain, open_engine(f"sqlite:///{tmp_path / 'trackers.db'}"))
    tracker = await store.get_or_create_tracker("web:somebody")
    tracker.update_with_events([UserUttered("bonjour"), SlotSet("language", "en")], domain)
    await store.save(tracker)
    kept = await store.retrieve("web:somebody")
    assert kept is not None and kept.latest_message is not None
    assert (kept.latest_message.text, kept.get_slot("language")) == ("bonjour", "en")


@proves("pydantic")
def test_settings_are_read_by_pydantic_2(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa asks for pydantic 1 and does not use it; FastAPI and our settings want 2."""
    for name, value in {"SERVICE_TOKEN": "t", "SESSION_SECRET": "s", "MESSAGES_PER_MINUTE": "7"}.items():
        monkeypatch.setenv(name, value)
    assert AssistantSettings().messages_per_minute == 7


@proves("twilio")
def test_rasas_channels_import_with_todays_twilio() -> None:
    """Rasa imports every channel it knows when it starts, used or not; we speak TwiML with the library."""
    assert {"twilio", "twilio_voice"} <= set(BUILTIN_CHANNELS)
    spoken = VoiceResponse()
    spoken.say("Bonjour", language="fr-CA")
    assert '<Say language="fr-CA">Bonjour</Say>' in str(spoken)


@proves("aiohttp")
async def test_rasas_way_to_the_action_server_works_on_todays_aiohttp() -> None:
    """Every turn goes over it."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"heard": await request.json(), "credential": request.headers["Authorization"]})

    app = web.Application()
    app.router.add_post("/webhook", answer)
    async with TestServer(app) as server:
        endpoint = EndpointConfig(str(server.make_url("/webhook")), headers={"Authorization": "Bearer t"})
        assert await endpoint.request(json={"next_action": "a"}) == {
            "heard": {"next_action": "a"},
            "credential": "Bearer t",
        }


@proves("cryptography")
def test_a_token_is_signed_and_read_with_todays_cryptography() -> None:
    """Rasa's API and the portal's tokens rest on it by way of PyJWT."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    token = jwt.encode({"sub": "operator"}, key, algorithm="RS256")
    assert jwt.decode(token, key.public_key(), algorithms=["RS256"]) == {"sub": "operator"}


@proves("setuptools")
def test_rasa_finds_its_schemas_by_pkg_resources() -> None:
    """Gone from setuptools 81 on."""
    validate_yaml_schema("version: '3.1'\nintents: [greet]\n", DOMAIN_SCHEMA_FILE)
    with pytest.raises(YamlValidationException):
        validate_yaml_schema("version: '3.1'\nintents: greet\n", DOMAIN_SCHEMA_FILE)


@proves("packaging")
def test_rasa_compares_versions_with_the_packaging_that_still_knows_old_ones() -> None:
    """Gone from packaging 22 on; Rasa imports it when it reads training data."""
    assert isinstance(parse("not a version"), LegacyVersion)
    assert validate_training_data_format_version({"version": "3.1"}, "nlu.yml")


@proves("matplotlib")
def test_rasa_draws_its_reports_with_a_matplotlib_for_our_python(tmp_path: Path) -> None:
    """`rasa test` draws a confusion matrix; the matplotlib Rasa asks for has no wheel for Python 3.11."""
    drawn = tmp_path / "confusion.png"
    plot_confusion_matrix(np.array([[2, 0], [1, 3]]), classes=["solde", "payer"], output_file=str(drawn))
    assert drawn.stat().st_size > 0
