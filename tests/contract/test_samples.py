"""What `events/README.md` says of each sample is so: which rule hears it, which function, and whether it is read."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from builders import NOW, Deployment, settings
from moto.events.models import EventPattern
from opsplane import signals
from opsplane.errors import UnhandledEvent
from opsplane.notices import inbox
from opsplane_local.scenes.inflation import inflate
from template import ROOT, functions, rules

EVENTS = ROOT / "events"
SAMPLES = sorted(path.relative_to(EVENTS).with_suffix("").as_posix() for path in EVENTS.glob("*/*.json"))


@dataclass(frozen=True)
class Line:
    """One line of a table in the README."""

    sample: str
    rule: str
    outcome: str


def _lines() -> dict[str, Line]:
    found: dict[str, Line] = {}
    rule = ""
    for text in (EVENTS / "README.md").read_text().splitlines():
        if match := re.match(r"\| `(\w+/[\w-]+)` \|", text):
            cells = [cell.strip() for cell in text.strip("|").split("|")]
            rule = rule if cells[1] == "same" else cells[1]
            outcome = cells[3] if cells[0].startswith("`broken/") else cells[2]
            found[match[1]] = Line(match[1], rule, outcome)
    return found


LINES = _lines()
ENVELOPED = [name for name in SAMPLES if "detail-type" in json.loads((EVENTS / f"{name}.json").read_text())]


def load(name: str) -> dict[str, Any]:
    """A sample as it is sent."""
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return inflate(event)


@cache
def patterns() -> dict[str, EventPattern]:
    """Every rule's pattern, read once."""
    return {name: EventPattern.load(json.dumps(pattern)) for name, pattern in rules().items()}


def hearing(event: dict[str, Any]) -> set[str]:
    """The rules whose pattern the event matches, as EventBridge would say."""
    return {name for name, pattern in patterns().items() if pattern.matches_event(event)}


def test_the_readme_lists_every_sample_and_no_other() -> None:
    """A sample that nobody explains helps nobody."""
    assert sorted(LINES) == SAMPLES


@pytest.mark.parametrize("name", ENVELOPED)
def test_a_sample_is_heard_by_exactly_the_rules_that_the_readme_names(name: str) -> None:
    """No second rule hears it, which would invoke a function twice."""
    named = set(re.findall(r"`(\w+)`", LINES[name].rule.split("→")[0]))

    assert hearing(load(name)) == named


@pytest.mark.parametrize("name", [name for name in SAMPLES if "→" in LINES[name].rule])
def test_the_function_that_the_readme_names_has_that_source(name: str) -> None:
    """A rule or a schedule of that name, or a queue, wakes it."""
    source, function = (part.strip() for part in LINES[name].rule.split("→"))
    events = functions()[function.strip("`")]["Events"]

    named = re.findall(r"`(\w+)`", source)
    assert set(named) <= set(events)
    assert named or any(each["Type"] == "SQS" for each in events.values())


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.startswith("schedule/")])
def test_a_schedules_sample_is_what_the_schedule_sends(name: str) -> None:
    """The input in the template, for dev."""
    [schedule] = re.findall(r"`(\w+)` →", LINES[name].rule)
    [declared] = [own["Events"][schedule] for own in functions().values() if schedule in own.get("Events", {})]
    told = declared["Properties"]["Input"]
    text = told["Fn::Sub"] if isinstance(told, dict) else told

    assert json.loads(text.replace("${Environment}", "dev")) == load(name)


HEARD = [name for name in ENVELOPED if "unhandled" not in LINES[name].outcome and not name.startswith("cloudwatch/")]
REFUSED = [name for name in ENVELOPED if "unhandled" in LINES[name].outcome or name == "cloudwatch/alarm-state-change"]


@pytest.mark.parametrize("name", HEARD)
def test_a_sample_is_read(name: str) -> None:
    """It becomes signals that survive the ledger."""
    found = signals.parse(load(name), "000000000000")

    assert found
    assert all(type(each).model_validate_json(each.model_dump_json()) == each for each in found)


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_sample_is_refused_and_kept_whole(name: str) -> None:
    """With a reason, and never with a crash."""
    deployment = Deployment()

    record = deployment.receive(load(name))

    assert record.outcome == "refuse"
    assert deployment.queue.kept == [(load(name), record.reason)]


def test_broken_samples_are_of_both_kinds() -> None:
    """Some are refused, and some are large or hostile and handled all the same."""
    broken = {name for name in SAMPLES if name.startswith("broken/")}

    assert broken & set(HEARD)
    assert broken & set(REFUSED)
    assert broken <= set(HEARD) | set(REFUSED)


def test_a_broken_source_is_refused_by_the_parser_itself() -> None:
    """Also when somebody invokes the function directly."""
    with pytest.raises(UnhandledEvent, match="nobody reads"):
        signals.parse(load("broken/unknown-source"), "000000000000")


def test_the_alarm_of_a_topic_becomes_a_notice() -> None:
    """SQS around SNS around CloudWatch."""
    [record] = load("cloudwatch/alarm-via-sns")["Records"]

    letter = inbox.read(record["messageId"], record["body"], settings(), NOW)

    assert letter.notice.headline


@pytest.mark.parametrize("name", ["cloudtrail/sg-open-ssh", "cloudtrail/s3-bucket-policy-public"])
def test_what_root_changes_is_delivered_once(name: str) -> None:
    """Two rules for one event would be two deliveries that race; the function tells of root all the same."""
    event = load(name)
    event["detail"]["userIdentity"] = {"type": "Root", "arn": "arn:aws:iam::000000000000:root"}

    assert len(hearing(event)) == 1
    assert {signal.kind for signal in signals.parse(event, "000000000000")} >= {"root-activity"}
