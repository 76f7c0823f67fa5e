"""Where a platform lives."""

from pathlib import Path

import pytest
from opsplane_local.launcher.errors import LauncherError
from opsplane_local.launcher.settings import Platform, platform_from


def test_one_number_decides_the_ports(platform: Platform) -> None:
    """Gateway, service, sink, ministack and moto follow one another."""
    assert [platform.port_of(part) - platform.port for part in ("gateway", "service", "sink", "ministack", "moto")] == [
        0,
        1,
        2,
        3,
        4,
    ]
    assert platform.url_of("sink") == "http://127.0.0.1:16902"


def test_the_home_is_in_the_checkout_unless_it_is_named(tmp_path: Path) -> None:
    """`OPSPLANE_HOME` wins, and becomes absolute."""
    assert platform_from({}).home == platform_from({}).repository / ".opsplane"
    assert platform_from({"OPSPLANE_HOME": str(tmp_path / "x" / "..")}).home == tmp_path


@pytest.mark.parametrize("port", [0, 80, 65532, 70000])
def test_ports_that_do_not_fit_are_refused(port: int) -> None:
    """All five have to lie in the allowed range."""
    with pytest.raises(LauncherError, match="does not fit"):
        platform_from({}, port=port)
