"""Clients that know the emulator's keys and nobody else's."""

from pathlib import Path

import pytest
from opsplane_local.launcher.clients import connect_to, session


def test_a_person_s_profile_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the environment and ~/.aws say."""
    config = tmp_path / "config"
    config.write_text("[profile production]\nregion = eu-west-1\nendpoint_url = https://example.com\n")
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    session.cache_clear()

    client = connect_to("http://127.0.0.1:16900")("sqs")

    assert client.meta.endpoint_url == "http://127.0.0.1:16900"
    assert client.meta.region_name == "us-east-1"
    assert session().get_credentials().get_frozen_credentials()[:3] == ("test", "test", None)


def test_a_client_does_not_wait_for_ever() -> None:
    """Time-outs and retries are set."""
    config = connect_to("http://127.0.0.1:16900")("sqs").meta.config

    assert (config.connect_timeout, config.read_timeout) == (3, 20)
    assert config.retries["mode"] == "adaptive"
