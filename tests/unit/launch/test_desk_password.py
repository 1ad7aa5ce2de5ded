"""The password of the demo's agent: made once, kept from the other processes, not made where staff is named."""

from pathlib import Path

from launch.credentials import desk_password
from launch.parts import product_parts
from launch.settings import LaunchSettings


def test_it_is_made_once_and_can_be_typed(tmp_path: Path) -> None:
    """`make run` prints it each time."""
    settings = LaunchSettings(data_dir=tmp_path)
    first = desk_password(settings)
    assert 10 <= len(first) <= 16
    assert desk_password(settings) == first


def test_only_the_assistant_knows_it_and_the_staff() -> None:
    """Nobody else signs anybody in."""
    environment = {"DESK_STAFF": "{}", "DESK_PASSWORD": "p"}
    parts = product_parts(LaunchSettings(), {}, Path("model"), environment)
    for name in environment:
        assert {part.name for part in parts if name in part.environment} == {"assistant"}


def test_the_demo_has_an_agent_of_its_own_only_where_nobody_is_named() -> None:
    """A company's people are not joined by one whose password stands on a terminal."""
    assert LaunchSettings(billing_demo=True, desk_staff="").demo_desk
    assert not LaunchSettings(billing_demo=True, desk_staff='{"Ada": "x"}').demo_desk
    assert not LaunchSettings(billing_demo=False, desk_staff="").demo_desk
