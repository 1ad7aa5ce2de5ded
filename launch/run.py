"""``make run`` from its first check to its last farewell."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

from launch.alarm import Alarm
from launch.credentials import credentials, desk_password
from launch.display import Board, terminal
from launch.model import TrainingFailed, fitting_model, train
from launch.parts import Part, product_parts
from launch.ports import free_port, refusal
from launch.settings import ROOT, LaunchSettings
from launch.supervisor import StartFailed, Supervisor

READY_WITHIN_S = 180.0
CANNOT_START = 2
FAILED = 1
_KEPT_LOG_BYTES = 10_000_000


def run(settings: LaunchSettings) -> int:
    """Start everything, watch it until an end is asked for, end it; the exit code."""
    os.umask(0o077)  # databases and logs are the customers' business, and nobody else's on this machine
    board = Board(terminal())
    settings = with_a_place_for_the_phone(settings)
    if complaint := _not_startable(settings):
        board.trouble(complaint)
        return CANNOT_START
    try:
        model = ensure_model(settings, board)
    except TrainingFailed as failed:
        board.trouble(str(failed), failed.log, failed.last_lines)
        return FAILED
    secrets = credentials(settings)
    if settings.demo_desk:
        secrets["DESK_PASSWORD"] = desk_password(settings)
    return serve(product_parts(settings, secrets, model), settings, board)


def ensure_model(settings: LaunchSettings, board: Board) -> Path:
    """The model that fits the data, trained now if there is none; raises :class:`TrainingFailed`."""
    model = fitting_model(ROOT)
    if model.exists():
        return model
    with board.training() as tell:
        return train(ROOT, logs_of(settings) / "training.log", tell)


def serve(parts: list[Part], settings: LaunchSettings, board: Board) -> int:
    """Run the parts until an end is asked for; 0 then, 1 when they could not be started."""
    logs = logs_of(settings)
    _put_long_logs_aside(logs)
    with Alarm() as alarm:
        supervisor = Supervisor(parts, logs, board, alarm)
        started = time.monotonic()
        try:
            with board.starting([part.name for part in parts]):
                ready = supervisor.start(READY_WITHIN_S)
            if ready:
                _say_what_next(settings, time.monotonic() - started)
                supervisor.watch()
            terminal().print("Ending …")
            return 0
        except StartFailed as failed:
            board.trouble(str(failed), failed.log, failed.last_lines)
            return FAILED
        finally:
            supervisor.end()


def logs_of(settings: LaunchSettings) -> Path:
    """The folder of the parts' logs."""
    return settings.data_dir / "logs"


def _not_startable(settings: LaunchSettings) -> str | None:
    """Why nothing should be started, in words that say what to do; None when all is well."""
    if not settings.own_billing and not settings.service_token:
        return "BILLING_URL names another billing system: set SERVICE_TOKEN to a credential it accepts."
    if settings.twilio_missing and not settings.own_twilio:
        return f"Twilio's settings come together: set {' and '.join(settings.twilio_missing)} too, or none of them."
    return next(filter(None, map(_port_trouble, product_parts(settings, _NO_SECRETS, Path()))), None)


def with_a_place_for_the_phone(settings: LaunchSettings) -> LaunchSettings:
    """Nobody asked for the phone: where its usual port is taken it goes to another one and stops nothing."""
    chosen = "phone_port" in settings.model_fields_set
    if chosen or not settings.own_twilio or refusal(settings.phone_host, settings.phone_port) is None:
        return settings
    return settings.model_copy(update={"phone_port": free_port()})


_NO_SECRETS: Mapping[str, str] = {}


def _port_trouble(part: Part) -> str | None:
    reason = refusal(part.host, part.port)
    return reason and (
        f"Port {part.port} of {part.host}, meant for {part.name}, cannot be used: {reason}. "
        f"End the program that holds it, or choose another: make run {part.setting}={part.port + 1000}"
    )


def _put_long_logs_aside(logs: Path) -> None:
    for log in logs.glob("*.log"):
        if log.stat().st_size > _KEPT_LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))


def _say_what_next(settings: LaunchSettings, seconds: float) -> None:
    console = terminal()
    console.print(f"[bold green]Everything is ready after {seconds:.1f} s.[/]\n")
    console.print(f"  The page           {settings.assistant_address}/")
    console.print("  From a terminal    make chat")
    if settings.own_twilio:
        console.print(f"  A phone            {settings.phone_address}/  (stands in for Twilio: TWILIO_… are not set)")
    else:
        console.print(f"  Text messages      {settings.twilio_number}, by Twilio")
    if settings.demo_desk:
        console.print(f"  The agent desk     {settings.assistant_address}/desk  (Camille, {desk_password(settings)})")
    console.print(f"  Billing system     {settings.billing_address}/openapi.json")
    console.print(f"  Logs and data      {settings.data_dir}/\n")
    if settings.billing_demo:
        console.print("Open the page, sign in as one of the demo's customers or stay anonymous,")
        console.print("and write “solde” or “balance”.")
    console.print("Ctrl-C ends it all.")
