"""`scripts/rotate-secrets`: new values reach the secret, the cache and the tasks, and nobody's eyes."""

import json
from typing import Any

import pytest

SCRIPT = "rotate-secrets"
EMPTY_SECRETS = ("redis/auth-token", "app/jwt-secret", "app/external-api-keys", "monitoring/slack-webhook")
HOOK = "https://hooks.example.com/services/T0/B0/secret-part"


def stored(scripts: Any, path: str, stage: str = "AWSCURRENT") -> dict[str, str]:
    """The JSON document in a secret of dev."""
    found = scripts.client("secretsmanager").get_secret_value(SecretId=f"/dev/{path}", VersionStage=stage)
    document: dict[str, str] = json.loads(found["SecretString"])
    return document


def changes(scripts: Any) -> list[str]:
    """What was called that changes something, in order; calls of the cache with their strategy."""
    found = []
    for call in scripts.calls():
        if call.operation == "elasticache modify-replication-group":
            found.append(call.option("--auth-token-update-strategy"))
        elif call.operation in {"ecs update-service", "secretsmanager put-secret-value", "rds modify-db-instance"}:
            found.append(call.operation)
    return found


def seen(scripts: Any, done: Any) -> str:
    """What a person, a log or a list of processes would have shown."""
    words = [word for call in scripts.calls() for word in call.argv]
    return "\n".join([done.stdout, done.stderr, *words])


@pytest.fixture
def cache(scripts: Any) -> None:
    """A cache of dev."""
    scripts.client("elasticache").create_replication_group(
        ReplicationGroupId="cache", ReplicationGroupDescription="cache", Engine="valkey", TransitEncryptionEnabled=True
    )


def put_token(scripts: Any, token: str, *stages: str) -> str:
    """Store a token under these labels; return its version."""
    version: str = scripts.client("secretsmanager").put_secret_value(
        SecretId="/dev/redis/auth-token", SecretString=json.dumps({"token": token}), VersionStages=[*stages]
    )["VersionId"]
    return version


def labels(scripts: Any) -> list[list[str]]:
    """The labels of every token."""
    found = scripts.client("secretsmanager").list_secret_version_ids(SecretId="/dev/redis/auth-token")
    return sorted(sorted(version["VersionStages"]) for version in found["Versions"])


def replace_service(scripts: Any, tasks: int) -> None:
    """Another service, which runs one task: with more of them wanted, no deployment of it ends."""
    client = scripts.client("ecs")
    client.delete_service(cluster="cluster", service="fastapi", force=True)
    client.create_service(cluster="cluster", serviceName="fastapi", taskDefinition="task", desiredCount=tasks)


@pytest.mark.usefixtures("cache")
def test_the_first_token_is_the_only_one_before_tasks_start(scripts: Any) -> None:
    """Without it no task could have started; a deployment that fails leaves the cache closed."""
    replace_service(scripts, tasks=5)

    done = scripts.run(SCRIPT, "dev", "redis")

    assert done.returncode == 1
    assert "no task can be connected" in done.stderr
    assert changes(scripts) == ["secretsmanager put-secret-value", "ROTATE", "SET", "ecs update-service"]
    assert labels(scripts) == [["AWSCURRENT"]]


@pytest.mark.usefixtures("cache")
def test_a_first_token_that_was_broken_off_is_taken_up(scripts: Any) -> None:
    """Even after the cache has heard of it."""
    version = put_token(scripts, "first", "AWSCURRENT", "AWSPENDING")
    scripts.client("secretsmanager").update_secret_version_stage(
        SecretId="/dev/redis/auth-token", VersionStage="ROTATED", MoveToVersionId=version
    )

    done = scripts.run(SCRIPT, "dev", "first")

    assert done.returncode == 0, done.stderr
    assert [change for change in changes(scripts) if not change.startswith("secretsmanager")] == [
        "SET",
        "ecs update-service",
    ]
    assert stored(scripts, "redis/auth-token") == {"token": "first"}
    assert labels(scripts) == [["AWSCURRENT"]]


@pytest.mark.usefixtures("cache")
def test_a_rotation_goes_on_after_tasks_that_did_not_come_up(scripts: Any) -> None:
    """With the same token, which the cache is not told twice: that would push out the one of the old tasks."""
    put_token(scripts, "old", "AWSCURRENT")
    replace_service(scripts, tasks=5)
    first = scripts.run(SCRIPT, "dev", "redis")
    assert (first.returncode, labels(scripts)) == (1, [["AWSCURRENT", "AWSPENDING", "ROTATED"], ["AWSPREVIOUS"]])
    replace_service(scripts, tasks=1)

    second = scripts.run(SCRIPT, "dev", "redis")

    assert second.returncode == 0, second.stderr
    told = ["secretsmanager put-secret-value", "ROTATE", "ecs update-service", "ecs update-service", "SET"]
    assert changes(scripts) == told
    assert labels(scripts) == [["AWSCURRENT"], ["AWSPREVIOUS"]]


@pytest.mark.usefixtures("cache")
def test_tasks_that_are_left_alone_keep_their_token(scripts: Any) -> None:
    """Only a run that replaces them ends it."""
    put_token(scripts, "old", "AWSCURRENT")

    done = scripts.run(SCRIPT, "dev", "redis", "--no-deploy")

    assert done.returncode == 0, done.stderr
    assert "Run this again without --no-deploy" in done.stderr
    assert changes(scripts) == ["secretsmanager put-secret-value", "ROTATE"]


@pytest.mark.usefixtures("cache")
def test_first_values_are_followed_by_one_deployment(scripts: Any) -> None:
    """What nobody is asked for is stored empty, in the shape that tasks are given; a value stays as it is."""
    first = scripts.run(SCRIPT, "dev", "first")
    values = [stored(scripts, path) for path in EMPTY_SECRETS]
    second = scripts.run(SCRIPT, "dev", "first", "--no-deploy")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert changes(scripts).count("ecs update-service") == 1
    assert [change for change in changes(scripts) if not change.startswith("secretsmanager")] == [
        "ROTATE",
        "SET",
        "ecs update-service",
    ]
    assert changes(scripts)[-1] == "ecs update-service"
    assert [value.keys() for value in values] == [{"token"}, {"current"}, set(), {"url"}]
    assert "scripts/rotate-secrets dev slack-webhook" in first.stderr
    assert values == [stored(scripts, path) for path in EMPTY_SECRETS]


@pytest.mark.usefixtures("cache")
def test_the_cache_knows_both_tokens_until_the_tasks_have_the_new_one(scripts: Any) -> None:
    """ROTATE, tasks, SET; the token is stored before the cache hears of it."""
    put_token(scripts, "old", "AWSCURRENT")

    done = scripts.run(SCRIPT, "dev", "redis")

    assert done.returncode == 0, done.stderr
    assert changes(scripts) == ["secretsmanager put-secret-value", "ROTATE", "ecs update-service", "SET"]
    token = stored(scripts, "redis/auth-token")["token"]
    given = [call.stdin for call in scripts.calls() if "--auth-token" in call.argv]
    assert given == [token, token]
    assert len(token) == 64
    assert token not in seen(scripts, done)


@pytest.mark.usefixtures("cache")
def test_a_rotation_that_was_broken_off_is_taken_up(scripts: Any) -> None:
    """A third token would push out the one that tasks still use."""
    put_token(scripts, "old", "AWSCURRENT")
    put_token(scripts, "half-way", "AWSPENDING")

    done = scripts.run(SCRIPT, "dev", "redis")

    assert done.returncode == 0, done.stderr
    assert changes(scripts) == ["ROTATE", "ecs update-service", "SET"]
    assert stored(scripts, "redis/auth-token") == {"token": "half-way"}
    assert stored(scripts, "redis/auth-token", "AWSPREVIOUS") == {"token": "old"}


@pytest.mark.usefixtures("cache")
def test_the_old_token_stays_while_the_new_tasks_do_not_come_up(scripts: Any) -> None:
    """The old tasks go on with it; the message says where to look."""
    put_token(scripts, "old", "AWSCURRENT")
    replace_service(scripts, tasks=5)

    done = scripts.run(SCRIPT, "dev", "redis")

    assert done.returncode == 1
    assert "The new tasks of fastapi do not come up" in done.stderr
    assert changes(scripts)[-2:] == ["ROTATE", "ecs update-service"]


def test_a_cache_that_does_not_answer_is_left_alone(scripts: Any) -> None:
    """No token is made for it."""
    done = scripts.run(SCRIPT, "dev", "redis")

    assert done.returncode == 1
    assert "cache is not available: nothing was changed" in done.stderr
    assert changes(scripts) == []


def test_tokens_signed_by_the_key_before_stay_valid(scripts: Any) -> None:
    """The first key has none before it; an empty one would let everybody in."""
    first = scripts.run(SCRIPT, "dev", "jwt")
    key = stored(scripts, "app/jwt-secret")
    second = scripts.run(SCRIPT, "dev", "jwt", "--no-deploy")

    now = stored(scripts, "app/jwt-secret")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert key.keys() == {"current"}
    assert now["previous"] == key["current"] != now["current"]
    assert len(now["current"]) >= 64
    assert [change for change in changes(scripts) if change.startswith("ecs")] == ["ecs update-service"]
    assert not any(value in seen(scripts, done) for value in now.values() for done in (first, second))


def test_a_key_that_others_may_know_is_not_kept(scripts: Any) -> None:
    """On compromise the tokens that it signed are worth nothing at once."""
    scripts.run(SCRIPT, "dev", "jwt", "--no-deploy")

    done = scripts.run(SCRIPT, "dev", "jwt", "--compromised", "--no-deploy")

    assert done.returncode == 0, done.stderr
    assert stored(scripts, "app/jwt-secret").keys() == {"current"}


def test_rds_makes_the_password_of_the_database(scripts: Any) -> None:
    """And the tasks are replaced once it has."""
    scripts.client("rds").create_db_instance(
        DBInstanceIdentifier="database",
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        MasterUsername="app",
        ManageMasterUserPassword=True,
    )

    done = scripts.run(SCRIPT, "dev", "database")

    assert done.returncode == 0, done.stderr
    assert changes(scripts) == ["rds modify-db-instance", "ecs update-service"]
    [asked] = [call.argv for call in scripts.calls() if call.operation == "rds modify-db-instance"]
    assert {"--rotate-master-user-password", "--apply-immediately"} <= set(asked)


def test_a_webhook_is_read_and_not_shown(scripts: Any) -> None:
    """From standard input, as a password manager hands it over."""
    done = scripts.run(SCRIPT, "dev", "slack-webhook", given=f"{HOOK}\n")

    assert done.returncode == 0, done.stderr
    assert stored(scripts, "monitoring/slack-webhook") == {"url": HOOK}
    assert "secret-part" not in seen(scripts, done)


def test_api_keys_are_a_document(scripts: Any) -> None:
    """Stored as they are, quotes and all."""
    keys = {"maps": "a'b\"c $HOME", "mail": "ü"}

    done = scripts.run(SCRIPT, "dev", "external-api-keys", "--no-deploy", given=json.dumps(keys))

    assert done.returncode == 0, done.stderr
    assert stored(scripts, "app/external-api-keys") == keys
    assert "$HOME" not in seen(scripts, done)


@pytest.mark.parametrize(
    ("secret", "given"),
    [
        ("slack-webhook", ""),
        ("slack-webhook", "http://hooks.example.com"),
        ("external-api-keys", ""),
        ("external-api-keys", '"key"'),
        ("external-api-keys", '{"maps": ""}'),
    ],
)
def test_what_cannot_be_right_is_refused(scripts: Any, secret: str, given: str) -> None:
    """Before anything is changed."""
    done = scripts.run(SCRIPT, "dev", secret, given=given)

    assert done.returncode == 1
    assert "Nothing was changed." in done.stderr
    assert [call.argv[:2] for call in scripts.calls()] == [["sts", "get-caller-identity"]]


def test_credentials_of_another_account_change_nothing(scripts: Any) -> None:
    """Whoever said which account they mean is held to it."""
    done = scripts.run(SCRIPT, "dev", "jwt", TF_VAR_account_id="111122223333")

    assert done.returncode == 1
    assert "TF_VAR_account_id is 111122223333, but the credentials belong to account" in done.stderr


def test_only_a_key_with_a_predecessor_can_be_compromised(scripts: Any) -> None:
    """Elsewhere the option would promise what nobody does."""
    done = scripts.run(SCRIPT, "--compromised", "dev", "redis")

    assert done.returncode == 2
    assert "--compromised is for jwt" in done.stderr
    assert scripts.calls() == []


def test_an_environment_without_a_base_is_named(scripts: Any) -> None:
    """The parameter that is missing says which."""
    done = scripts.run(SCRIPT, "staging", "database")

    assert done.returncode == 1
    assert "/opsplane/staging/base/database-id: apply base-infra to staging first" in done.stderr
