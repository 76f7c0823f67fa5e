"""What must never be lost and never crash a function, through all adapters."""

import json
from typing import Any

import pytest
from inprocess import Account
from opsplane import flow
from opsplane_local.scenes.inflation import inflate
from template import ROOT

BROKEN = sorted((ROOT / "events/broken").glob("*.json"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_sample_is_recorded_and_kept_or_handled(aws: Account, path: Any) -> None:
    """Refused ones wait whole in the queue with their reason; the others are answered like any event."""
    event, ports = inflate(json.loads(path.read_text())), aws.ports()

    answers = flow.answer(event, ports)

    refused = [answer for answer in answers if answer["outcome"] == "refuse"]
    kept = aws.unhandled()
    assert [json.loads(each["Body"]) for each in kept] == [event] * len(refused)
    assert [each["MessageAttributes"]["reason"]["StringValue"] for each in kept] == [each["reason"] for each in refused]
    assert {record.id for record in ports.ledger.events(answers[0]["event_id"])} == {each["id"] for each in answers}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_sample_that_comes_again_changes_nothing(aws: Account, path: Any) -> None:
    """Ten deliveries leave one record."""
    event, ports = inflate(json.loads(path.read_text())), aws.ports()

    answers = [flow.answer(event, ports) for _ in range(10)]

    assert {json.dumps([each["id"] for each in answer]) for answer in answers} == {
        json.dumps([each["id"] for each in answers[0]])
    }
    assert len(ports.ledger.events(answers[0][0]["event_id"])) == len(answers[0])
