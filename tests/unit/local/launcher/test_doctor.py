"""What is missing is named, with what to do."""

import socket
from dataclasses import replace

import pytest
from opsplane_local.launcher import doctor, lock
from opsplane_local.launcher.doctor import Check, Verdict
from opsplane_local.launcher.settings import Platform

pytestmark = pytest.mark.enable_socket


def check(platform: Platform, name: str) -> Check:
    """One of the checks."""
    return next(found for found in doctor.examine(platform) if found.name == name)


def test_what_is_not_good_has_advice(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine with nothing on PATH; Terraform may be missing, uv may not."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("UV", raising=False)

    checks = {found.name: found for found in doctor.examine(platform)}

    assert checks["Python"].verdict is Verdict.GOOD
    assert checks["uv"].verdict is Verdict.FAIL
    assert checks["Terraform"].verdict is Verdict.WARN
    assert all(found.advice for found in checks.values() if found.verdict is not Verdict.GOOD)


def test_a_taken_port_is_a_failure_unless_it_is_ours(platform: Platform) -> None:
    """A running platform holds its ports."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        crowded = replace(platform, port=listener.getsockname()[1])

        assert check(crowded, "Ports").verdict is Verdict.FAIL
        with lock.held(platform.lock_file):
            assert check(crowded, "Ports").verdict is Verdict.GOOD
