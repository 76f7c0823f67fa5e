"""The fleet is built and deployed when its sources have changed, and only then."""

import json
from typing import Any

import pytest
from opsplane_local.launcher.deploy import Fleet
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.settings import Platform


@pytest.fixture
def checkout(platform: Platform) -> Platform:
    """A platform whose checkout has a template."""
    (platform.repository / "template.yaml").write_text("Resources: {}")
    return platform


def fleet_of(platform: Platform, tasks: Any, stack: Any) -> Fleet:
    """The fleet as a new launcher sees it."""
    return Fleet(platform, tasks, {"PATH": "/usr/bin"}, stack)


def names(tasks: Any) -> list[str]:
    """Which tasks have run."""
    return [name for name, _ in tasks.ran]


def settle(stack: Any) -> Any:
    """Let the stack be there once something has been deployed."""

    def before(command: Any) -> None:
        if "deploy" in command.argv:
            stack.state = "CREATE_COMPLETE"

    return before


def test_a_first_start_builds_and_deploys(checkout: Platform, make_tasks: Any, make_stack: Any) -> None:
    """With real `sam` commands, and the parameters of this platform."""
    stack = make_stack()
    tasks = make_tasks(before=settle(stack))
    fleet = fleet_of(checkout, tasks, stack)

    fleet.build()
    fleet.deploy()

    assert names(tasks) == ["build", "deploy"]
    argv = tasks.ran[1][1]
    assert argv[0].endswith("/sam")
    assert {"--no-confirm-changeset", "--no-fail-on-empty-changeset", "CAPABILITY_NAMED_IAM"} <= set(argv)
    assert "Environment=dev" in argv
    assert f"ConsoleUrl={checkout.url_of('service')}" in argv
    assert stack.rooms == 1


def test_a_second_start_with_the_same_sources_does_neither(
    checkout: Platform, make_tasks: Any, make_stack: Any
) -> None:
    """The stack came back with the state."""
    stack = make_stack()
    fleet_of(checkout, make_tasks(before=settle(stack)), stack).deploy()
    tasks = make_tasks()
    again = fleet_of(checkout, tasks, stack)

    assert again.build() == "sources unchanged"
    assert "restored" in again.deploy()
    assert tasks.ran == []


def test_changed_sources_are_built_and_deployed_again(checkout: Platform, make_tasks: Any, make_stack: Any) -> None:
    """One byte is enough."""
    stack = make_stack()
    fleet_of(checkout, make_tasks(before=settle(stack)), stack).deploy()
    (checkout.repository / "template.yaml").write_text("Resources: {x: y}")
    tasks = make_tasks()
    again = fleet_of(checkout, tasks, stack)

    again.build()
    again.deploy()

    assert names(tasks) == ["build", "deploy"]


def test_a_stack_that_is_gone_is_deployed_again(checkout: Platform, make_tasks: Any, make_stack: Any) -> None:
    """From the build that is still there, or a new one."""
    stack = make_stack()
    fleet_of(checkout, make_tasks(before=settle(stack)), stack).deploy()
    stack.state = None
    tasks = make_tasks(before=settle(stack))

    fleet_of(checkout, tasks, stack).deploy()

    assert names(tasks) == ["deploy"]


def test_a_stack_that_does_not_settle_is_a_failure(checkout: Platform, make_tasks: Any, make_stack: Any) -> None:
    """SAM's exit code alone is not believed, and the next start tries again."""
    stack = make_stack(state="UPDATE_ROLLBACK_COMPLETE")

    with pytest.raises(StepFailed, match="UPDATE_ROLLBACK_COMPLETE"):
        fleet_of(checkout, make_tasks(), stack).deploy()

    assert not (checkout.state_dir / "deployed.json").exists()


def test_a_checkout_without_template_is_named(platform: Platform, make_tasks: Any, make_stack: Any) -> None:
    """Before SAM says it in many words."""
    with pytest.raises(StepFailed, match=r"There is no template\.yaml"):
        fleet_of(platform, make_tasks(), make_stack()).build()


def test_sam_asks_nobody_about_newer_versions(checkout: Platform, make_tasks: Any, make_stack: Any) -> None:
    """It believes to have asked just now, and sends no telemetry."""
    tasks = make_tasks()

    fleet_of(checkout, tasks, make_stack()).build()

    environment = tasks.commands[0].env
    settings = json.loads((checkout.sam_dir / "app" / "metadata.json").read_text())
    assert environment["SAM_CLI_TELEMETRY"] == "0"
    assert environment["__SAM_CLI_APP_DIR"] == str(checkout.sam_dir / "app")
    assert settings["lastVersionCheck"] > 1_600_000_000
