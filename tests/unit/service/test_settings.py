"""What the service reads from its environment."""

from app.settings import read_service_settings


def test_the_embedded_read_model_lives_in_the_platforms_state() -> None:
    """Without a database address, a file under OPSPLANE_HOME is used."""
    settings = read_service_settings({"OPSPLANE_HOME": "/srv/opsplane"})

    assert settings.database_url == "sqlite+aiosqlite:////srv/opsplane/state/read-model-1.db"


def test_a_function_writes_to_its_temporary_directory() -> None:
    """Lambda can write nowhere else."""
    settings = read_service_settings({"AWS_LAMBDA_FUNCTION_NAME": "api", "OPSPLANE_HOME": "/srv/opsplane"})

    assert settings.database_url.startswith("sqlite+aiosqlite:////tmp/")


def test_a_database_address_wins() -> None:
    """OPSPLANE_DATABASE_URL is taken as it stands."""
    settings = read_service_settings({"OPSPLANE_DATABASE_URL": "postgresql+asyncpg://db/opsplane"})

    assert settings.database_url == "postgresql+asyncpg://db/opsplane"


def test_the_console_and_named_hosts_are_ours() -> None:
    """The console's own name and OPSPLANE_ALLOWED_HOSTS are added to loopback."""
    environ = {"OPSPLANE_CONSOLE_URL": "https://ops.example.com/x", "OPSPLANE_ALLOWED_HOSTS": "a.example, *.b.example"}

    hosts = read_service_settings(environ).hosts

    assert {"ops.example.com", "a.example", "*.b.example", "127.0.0.1", "localhost"} <= set(hosts)


def test_a_gateways_name_is_ours_only_in_a_function() -> None:
    """Names of AWS are trusted only where AWS put them into the request."""
    assert "*.amazonaws.com" in read_service_settings({"AWS_LAMBDA_FUNCTION_NAME": "api"}).hosts
    assert "*.amazonaws.com" not in read_service_settings({}).hosts
