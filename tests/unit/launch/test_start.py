"""What is decided before anything starts: settings, secrets, ports, which model fits, who is told what."""

import os
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from launch.credentials import credentials
from launch.fingerprint import fingerprint
from launch.parts import product_parts
from launch.ports import free_port, refusal
from launch.run import with_a_place_for_the_phone
from launch.settings import ROOT, LaunchSettings

SECRETS = {
    "SERVICE_TOKEN": "token-of-the-test",
    "SESSION_SECRET": "secret-of-the-test",
    "TWILIO_AUTH_TOKEN": "signs-in-the-test",
}


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    """A second start with other secrets would end every open conversation."""
    settings = LaunchSettings(data_dir=tmp_path, service_token="", session_secret="")
    first = credentials(settings)
    assert credentials(settings) == first
    assert all(len(value) >= 40 for value in first.values())
    assert first["SERVICE_TOKEN"] != first["SESSION_SECRET"]
    for file in (tmp_path / "secrets").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700


def test_a_start_cut_off_before_the_secret_was_written_is_mended(tmp_path: Path) -> None:
    """An empty credential would be accepted from anybody who sends none."""
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "service_token").touch()
    assert credentials(LaunchSettings(data_dir=tmp_path, service_token=""))["SERVICE_TOKEN"]


def test_given_secrets_are_not_kept_on_disk(tmp_path: Path) -> None:
    """Whoever brings a secret has a place for it already."""
    given = LaunchSettings(data_dir=tmp_path, service_token="a", session_secret="b", twilio_auth_token="c")
    assert credentials(given) == {"SERVICE_TOKEN": "a", "SESSION_SECRET": "b", "TWILIO_AUTH_TOKEN": "c"}
    assert not list(tmp_path.iterdir())


def test_each_part_gets_only_the_secrets_it_works_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever breaks into one process should not hold the keys of the others."""
    monkeypatch.setenv("ASSISTANT_API_TOKEN", "operator")
    monkeypatch.setenv("SMTP_URL", "smtp://user:password@mail.example")
    parts = {part.name: part for part in product_parts(LaunchSettings(), SECRETS, Path("model"))}
    holders = {
        secret: {name for name, part in parts.items() if secret in part.environment}
        for secret in ("SERVICE_TOKEN", "TWILIO_AUTH_TOKEN", "SESSION_SECRET", "ASSISTANT_API_TOKEN", "SMTP_URL")
    }
    assert holders == {
        "SERVICE_TOKEN": {"billing", "actions", "assistant"},
        "TWILIO_AUTH_TOKEN": {"assistant", "phone"},
        "SESSION_SECRET": {"assistant"},
        "ASSISTANT_API_TOKEN": {"assistant"},
        "SMTP_URL": {"billing"},
    }
    assert "token-of-the-test" not in repr(parts)


def test_the_parts_find_each_other_on_other_ports() -> None:
    """One setting moves a part; nobody has to tell the others."""
    settings = LaunchSettings(assistant_port=6005, actions_port=6055, billing_port=9000, billing_url="")
    parts = {part.name: part for part in product_parts(settings, SECRETS, Path("model"))}
    assert parts["actions"].environment["BILLING_URL"] == "http://127.0.0.1:9000"
    assert parts["assistant"].environment["ACTIONS_URL"] == "http://127.0.0.1:6055"
    assert parts["billing"].environment["ASSISTANT_URL"] == "http://127.0.0.1:6005/"
    assert parts["assistant"].health == "http://127.0.0.1:6005/health"


def test_another_billing_system_is_used_and_ours_is_not_started() -> None:
    """That is what BILLING_URL is for."""
    settings = LaunchSettings(billing_url="https://billing.example/")
    parts = product_parts(settings, SECRETS, Path("model"))
    assert [part.name for part in parts] == ["actions", "assistant", "phone"]
    assert parts[0].environment["BILLING_URL"] == "https://billing.example"


def test_without_twilio_the_stand_in_takes_its_place_and_both_sides_agree() -> None:
    """Anybody can try text messages and option 4 without an account."""
    parts = {part.name: part for part in product_parts(LaunchSettings(phone_port=6080), SECRETS, Path("model"))}
    assert parts["phone"].address == "http://127.0.0.1:6080"
    assistant, phone = parts["assistant"].environment, parts["phone"].environment
    assert assistant["TWILIO_API_URL"] == parts["phone"].address
    for shared in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_NUMBER", "PUBLIC_URL"):
        assert assistant[shared] == phone[shared]


def test_with_twilio_there_is_no_stand_in_and_its_settings_are_the_given_ones() -> None:
    """A customer's real number must never be answered by a toy."""
    given = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_NUMBER": "+18195550199", "TWILIO_API_URL": "http://127.0.0.1:9"}
    settings = LaunchSettings(twilio_account_sid="AC1", twilio_auth_token="t", twilio_number="+18195550199")
    parts = {part.name: part for part in product_parts(settings, SECRETS, Path("model"), given)}
    assert set(parts) == {"billing", "actions", "assistant"}
    assert {name: parts["assistant"].environment[name] for name in given} == given
    assert parts["assistant"].environment["PUBLIC_URL"] == settings.assistant_address


def test_twilio_half_set_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    """Half an account would lose every message in silence."""
    ended = launch_run(tmp_path, TWILIO_ACCOUNT_SID="AC1", TWILIO_NUMBER="+18195550199", TWILIO_AUTH_TOKEN="")
    assert ended.returncode == 2
    assert "TWILIO_AUTH_TOKEN" in ended.stdout


def test_a_taken_port_of_the_phone_stops_nothing_unless_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two products on one machine each get a phone; who names a port wants that one."""
    monkeypatch.delenv("PHONE_PORT", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        usual = LaunchSettings.model_construct(None, **LaunchSettings().model_dump() | {"phone_port": taken})
        usual.model_fields_set.discard("phone_port")
        assert with_a_place_for_the_phone(usual).phone_port != taken
        assert with_a_place_for_the_phone(LaunchSettings(phone_port=taken)).phone_port == taken


def test_a_taken_port_is_found_and_a_free_one_is_not() -> None:
    """Asked before anything starts: half a product is harder to understand than none."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert refusal("127.0.0.1", other.getsockname()[1]) == "Address already in use"
    assert refusal("127.0.0.1", free_port()) is None


def launch_run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """``make run``'s own command, which is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "launch", "run"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_taken_port_ends_the_start_before_anything_is_made(tmp_path: Path) -> None:
    """The operator reads which port, whose, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        others = {"ASSISTANT_PORT": str(free_port()), "BILLING_PORT": str(free_port())}
        ended = launch_run(tmp_path, ACTIONS_PORT=str(port), **others)
    assert ended.returncode == 2
    assert f"Port {port} of 127.0.0.1, meant for actions, cannot be used" in ended.stdout
    assert "ACTIONS_PORT" in ended.stdout
    assert not list(tmp_path.iterdir())


def test_a_setting_that_is_no_port_is_named(tmp_path: Path) -> None:
    """Not a traceback: the operator's own word, and what is wrong with it."""
    ended = launch_run(tmp_path, BILLING_PORT="eight thousand")
    assert ended.returncode == 2
    assert "BILLING_PORT" in ended.stdout
    assert "eight thousand" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_another_billing_system_wants_its_credential(tmp_path: Path) -> None:
    """A credential made here would be refused there, with an error on every wish."""
    ended = launch_run(tmp_path, BILLING_URL="http://127.0.0.1:9", SERVICE_TOKEN="")
    assert ended.returncode == 2
    assert "SERVICE_TOKEN" in ended.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small copy of what a model is made from."""
    for file in ("domain.yml", "company.yml", "bot/importer.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    for folder in ("data/rules", "languages"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize("changed", ["domain.yml", "bot/importer.py", "data/rules/new.yml", "languages/formats.py"])
def test_a_change_of_anything_a_model_is_made_from_asks_for_another(project: Path, changed: str) -> None:
    """A model older than its data answers with yesterday's words."""
    before = fingerprint(project)
    with (project / changed).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert fingerprint(project) != before


def test_a_file_renamed_or_removed_asks_for_another_model(project: Path) -> None:
    """What is gone from the data must be gone from the answers."""
    before = fingerprint(project)
    (project / "languages" / "formats.py").rename(project / "languages" / "renamed.py")
    renamed = fingerprint(project)
    (project / "languages" / "renamed.py").unlink()
    assert len({before, renamed, fingerprint(project)}) == 3


def test_what_python_or_an_editor_leaves_asks_for_nothing(project: Path) -> None:
    """A second start trains nothing."""
    before = fingerprint(project)
    (project / "languages" / "__pycache__").mkdir(exist_ok=True)
    (project / "languages" / "__pycache__" / "formats.pyc").write_bytes(b"\0")
    (project / "languages" / ".formats.py.swp").touch()
    assert fingerprint(project) == before
