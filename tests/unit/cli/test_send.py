"""`opsplane send`, from the file to what became of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest
from builders import call, envelope, group_opened, guardduty, policies, security_hub
from moto import mock_aws
from opsplane.policies.policy import Mode

type Save = Callable[..., str]


def test_an_event_is_followed_to_its_verified_action(listening: Any, save: Save) -> None:
    """The rule, the decision, the item and the action, as a person reads them."""
    file = save(group_opened())

    result = listening.run("send", file, "--wait")

    told = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "rule opsplane-dev-Ec2Calls function remediator" in told
    assert "decision act: policy sg-world-ingress enforces in dev" in told
    assert f"action {listening.deployment.action.id} verified" in told
    assert listening.deployment.cloud.rules() == []


def test_the_json_document_has_one_entry_for_each_file(listening: Any, save: Save) -> None:
    """Records, item and action, under the id that the bus gave the event."""
    file = save(group_opened())

    document = listening.document("send", file, "--wait")

    [sent] = document["events"]
    assert sent["file"] == file
    assert sent["event_id"] == "put-1"
    assert [record["outcome"] for record in sent["records"]] == ["act"]
    assert sent["item"]["state"] == "resolved"
    assert sent["action"]["state"] == "verified"
    assert sent["elapsed_seconds"] == pytest.approx(0.2)
    assert sent["complete"] is True


def test_without_wait_the_event_is_only_sent(listening: Any, save: Save) -> None:
    """It returns at once and knows no records."""
    document = listening.document("send", save(group_opened()))

    [sent] = document["events"]
    assert (sent["records"], sent["complete"]) == ([], None)
    assert len(listening.bus.put) == 1


def test_a_question_is_an_end(listening: Any, save: Save) -> None:
    """An action that waits for a person is not waited for; how to answer is told."""
    listening.deployment.policies = policies(Mode.APPROVE)

    result = listening.run("send", save(group_opened()), "--wait")

    assert result.exit_code == 0
    assert "awaiting approval" in result.stdout
    assert f"opsplane approve {listening.deployment.action.id}" in result.stdout


def test_a_refused_event_ends_with_its_reason_and_exit_code_6(listening: Any, save: Save) -> None:
    """It says why, and where it is kept."""
    broken = call("ec2", "AuthorizeSecurityGroupIngress", None)

    result = listening.run("send", save(broken), "--wait")

    assert result.exit_code == 6
    assert "refused: CloudTrail record of AuthorizeSecurityGroupIngress does not say which" in result.stderr
    assert "opsplane unhandled" in result.stderr
    assert len(listening.deployment.queue.kept) == 1


def test_a_refused_event_as_json_is_still_one_document(listening: Any, save: Save) -> None:
    """The record is in the document, the error on standard error."""
    result = listening.run("send", save(call("ec2", "AuthorizeSecurityGroupIngress", None)), "--wait", "--json")

    [sent] = json.loads(result.stdout)["events"]
    assert result.exit_code == 6
    assert sent["records"][0]["outcome"] == "refuse"
    assert "refused" in sent["error"]


def test_an_event_that_no_rule_hears_is_handed_to_the_remediator_and_refused(listening: Any, save: Save) -> None:
    """Nothing is dropped in silence, and the way is told."""
    result = listening.run("send", save(envelope("aws.macie", "Macie Finding", {})), "--wait")

    assert result.exit_code == 6
    assert "invoked directly: no rule opsplane-dev-* matches it" in " ".join(result.stdout.split())
    assert listening.bus.put == []


def test_an_event_of_another_account_keeps_its_account(listening: Any, save: Save) -> None:
    """A bus would stamp its own on it and hide the flaw."""
    result = listening.run("send", save({**group_opened(), "account": "111122223333"}), "--wait")

    assert result.exit_code == 6
    assert "speaks of account 111122223333" in result.stderr


def test_an_event_without_an_id_is_followed_all_the_same(listening: Any, save: Save) -> None:
    """The remediator gives it a name of its own."""
    event = {key: value for key, value in group_opened().items() if key not in {"id", "detail-type"}}

    result = listening.run("send", save(event), "--wait")

    assert result.exit_code == 6


def test_functions_that_do_not_answer_are_told_after_the_timeout(listening: Any, save: Save) -> None:
    """Exit code 1, what is known, and where to look."""
    listening.idle = True

    result = listening.run("send", save(group_opened()), "--wait", "--timeout", "3")

    assert result.exit_code == 1
    assert "not at its end after 3 s: no record of it" in result.stderr
    assert "opsplane logs fleet" in result.stderr


def test_several_files_are_sent_in_order_and_the_worst_decides(listening: Any, save: Save) -> None:
    """One good and one refused event end with 6, and both are told."""
    good = save(group_opened(), "good.json")
    bad = save(envelope("aws.macie", "Macie Finding", {}), "bad.json")

    result = listening.run("send", good, bad, "--wait", "--json")

    assert result.exit_code == 6
    assert [sent["file"] for sent in json.loads(result.stdout)["events"]] == [good, bad]


def test_an_event_with_two_signals_has_two_records(listening: Any, save: Save) -> None:
    """Root opening a group is both an opening and root activity."""
    root = {"type": "Root", "arn": "arn:aws:iam::000000000000:root"}

    document = listening.document("send", save(group_opened(identity=root)), "--wait")

    [sent] = document["events"]
    assert sorted(record["outcome"] for record in sent["records"]) == ["act", "tell"]
    assert len(sent["items"]) == 2


def test_an_event_without_signals_is_complete_at_once(listening: Any, save: Save) -> None:
    """Security Hub may send an empty list; there is nothing to wait for."""
    event = security_hub()
    event["detail"]["findings"] = []

    document = listening.document("send", save(event), "--wait")

    [sent] = document["events"]
    assert sent["complete"] is True
    assert sent["items"] == []


def test_a_bus_that_does_not_take_the_event_is_a_failure(listening: Any, save: Save) -> None:
    """The bus's own words are told."""
    listening.bus.refuses = "InternalFailure"

    result = listening.run("send", save(group_opened()))

    assert result.exit_code == 1
    assert "InternalFailure: not today" in result.stderr


def test_a_schedule_is_handed_to_its_function_and_the_answer_is_told(listening: Any, save: Save) -> None:
    """No record in the ledger will tell, so the answer does."""
    listening.functions.answer = {"published": 2}

    result = listening.run("send", save({"kind": "sweep"}), "--wait")

    assert result.exit_code == 0
    assert listening.functions.invoked == [("opsplane-dev-scheduler", "RequestResponse", {"kind": "sweep"})]
    assert 'answer {"published": 2}' in " ".join(result.stdout.split())


def test_a_function_that_fails_is_a_failure(listening: Any, save: Save) -> None:
    """Its message is told, without a traceback."""
    listening.functions.error, listening.functions.answer = "Unhandled", {"errorMessage": "no table"}

    result = listening.run("send", save({"kind": "daily"}))

    assert result.exit_code == 1
    assert "opsplane-dev-drift failed: no table" in result.stderr


def test_a_message_that_comes_back_is_a_failure(listening: Any, save: Save) -> None:
    """A partial batch failure is no success."""
    listening.functions.answer = {"batchItemFailures": [{"itemIdentifier": "m-1"}]}

    result = listening.run("send", save({"Records": []}))

    assert result.exit_code == 1
    assert "gave 1 message(s) back" in result.stderr


def test_a_real_account_is_asked_about_and_nothing_is_put_in_place(listening: Any, save: Save) -> None:
    """Account and region are told; the event goes straight to the function of its rule, and a scene is not set."""
    listening.local = False

    result = listening.run("send", save(group_opened()), "--wait", answer="y\n")

    told = " ".join(result.stderr.split())
    assert result.exit_code == 0
    assert "This is a real account. account 000000000000 region us-east-1" in told
    assert listening.bus.put == []
    [(function, kind, event)] = listening.functions.invoked
    assert (function.rsplit(":", 1)[-1], kind) == ("opsplane-dev-remediator", "Event")
    assert event["id"] != "event-1"


def test_a_real_account_gets_nothing_without_agreement(listening: Any, save: Save) -> None:
    """No, and nobody there, both send nothing."""
    listening.local = False
    file = save(group_opened())

    declined, alone = listening.run("send", file, answer="n\n"), listening.run("send", file)

    assert (declined.exit_code, alone.exit_code) == (1, 2)
    assert listening.functions.invoked == []


def test_a_real_account_with_yes_is_not_asked_about(listening: Any, save: Save) -> None:
    """A pipeline says so itself."""
    listening.local = False

    result = listening.run("send", save(group_opened()), "--yes", "--wait", "--json")

    assert result.exit_code == 0
    assert "real account" not in result.stderr


def test_a_sample_is_moved_to_the_real_account(listening: Any, save: Save) -> None:
    """The account of the samples is no real one; without that every sample would be refused as foreign."""
    listening.local = False
    listening.deployment.settings = listening.deployment.settings.model_copy(update={"account": "444455556666"})

    listening.run("send", save(group_opened()), "--yes")

    [(_, _, event)] = listening.functions.invoked
    assert event["account"] == "444455556666"


def test_a_missing_file_is_a_usage_error(listening: Any) -> None:
    """Nothing is sent, not even the files that are there."""
    result = listening.run("send", "missing.json")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "missing.json" in result.stderr


def test_one_unreadable_file_keeps_all_from_being_sent(listening: Any, save: Save) -> None:
    """Files are read before the first is sent."""
    result = listening.run("send", save(group_opened(), "good.json"), save("{", "bad.json"))

    assert result.exit_code == 2
    assert listening.bus.put == []


def test_hostile_text_is_harmless_in_what_is_told(listening: Any, save: Save) -> None:
    """Neither escape sequences nor markup get through."""
    listening.bus.rules["opsplane-dev-Duty"] = (
        {"source": ["aws.guardduty"]},
        "x:lambda:y:function:opsplane-dev-remediator",
    )

    result = listening.run("send", save(guardduty(title="\x1b]0;owned\x07 [red]x[/red] \u202e")), "--wait")

    assert result.exit_code == 0
    assert not set("\x1b\x07\u202e") & set(result.stdout)
    assert "[red]x[/red]" in result.stdout


def test_a_committed_sample_has_its_scene_set_first(listening: Any) -> None:
    """Locally the alarm that the sample describes rings before the sample is sent."""
    file = Path(__file__).parents[3] / "events" / "cloudwatch" / "alarm-via-sns.json"

    with mock_aws():
        listening.session = boto3.Session(region_name="us-east-1")
        document = listening.document("send", str(file))
        alarms = listening.session.client("cloudwatch").describe_alarms()["MetricAlarms"]

    assert [alarm["StateValue"] for alarm in alarms] == ["ALARM"]
    assert "alarm" in document["events"][0]["scene"]
