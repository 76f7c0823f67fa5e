"""What children inherit."""

from pathlib import Path

from opsplane_local.launcher.environment import child_environment, find_uv, without_proxy_for_loopback
from opsplane_local.launcher.settings import Platform

PERSON = {
    "PATH": "/usr/bin",
    "HOME": "/home/ann",
    "AWS_PROFILE": "production",
    "AWS_SESSION_TOKEN": "real",
    "AWS_ENDPOINT_URL_S3": "https://s3.example.com",
    "AWS_ACCESS_KEY_ID": "AKIAREAL",
    "TF_VAR_region": "eu-west-1",
    "TF_CLI_CONFIG_FILE": "/home/ann/.terraformrc",
    "PYTHONPATH": "/elsewhere",
    "SAM_CLI_POLL_DELAY": "60",
}


def test_children_get_the_emulators_keys_and_no_others(platform: Platform) -> None:
    """Whatever profile, token or endpoint the person has set, none of it goes on."""
    environment = child_environment(platform, "run-1", PERSON)

    assert environment["AWS_ACCESS_KEY_ID"] == environment["AWS_SECRET_ACCESS_KEY"] == "test"
    assert environment["AWS_ENDPOINT_URL"] == platform.url_of("gateway")
    assert environment["AWS_SHARED_CREDENTIALS_FILE"] == "/dev/null"
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3", "TF_VAR_region", "PYTHONPATH"):
        assert name not in environment
    assert not any("real" in value.lower() for value in environment.values())


def test_what_finds_tools_and_mirrors_goes_on(platform: Platform) -> None:
    """PATH comes after our own tools, and Terraform's CLI configuration stays."""
    environment = child_environment(platform, "run-1", PERSON)

    assert environment["PATH"].endswith(":/usr/bin")
    assert environment["TF_CLI_CONFIG_FILE"] == "/home/ann/.terraformrc"
    assert environment["OPSPLANE_RUN"] == "run-1"


def test_a_proxy_is_not_asked_for_loopback() -> None:
    """What is excepted already stays so."""
    assert without_proxy_for_loopback({"HTTPS_PROXY": "http://proxy:3128", "no_proxy": "corp.example"}) == {
        "NO_PROXY": "corp.example,127.0.0.1,localhost",
        "no_proxy": "corp.example,127.0.0.1,localhost",
    }
    assert without_proxy_for_loopback({"HOME": "/"}) == {}


def test_uv_is_looked_for_where_it_may_be(tmp_path: Path) -> None:
    """The one that started us, then PATH, then what `make setup` fetched."""
    ours = tmp_path / ".uv" / "bin" / "uv"
    ours.parent.mkdir(parents=True)
    nothing = {"PATH": str(tmp_path / "empty")}

    assert find_uv(tmp_path, nothing) is None
    ours.touch(mode=0o755)
    assert find_uv(tmp_path, nothing) == ours
    assert find_uv(tmp_path, {"PATH": str(ours.parent)}) == ours
    assert find_uv(tmp_path, {**nothing, "UV": str(ours)}) == ours
