"""A moto whose resources come back with the same ids."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from moto.ec2.models import ec2_backends
from moto.guardduty.models import guardduty_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from opsplane_local.emulators.moto_journal import Journal
from werkzeug.test import create_environ, run_wsgi_app

pytestmark = pytest.mark.integration

AUTHORIZATION = "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"


def ask(journal: Journal, service: str, path: str, kind: str, body: bytes) -> str:
    """Post `body` to a service through the journal and return the answer's body."""
    environ = create_environ(path, method="POST", headers={"authorization": AUTHORIZATION.format(service)})
    environ |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    answer, _status, _headers = run_wsgi_app(journal, environ, buffered=True)
    return b"".join(answer).decode()


def ask_ec2(journal: Journal, action: str, **parameters: str) -> str:
    """Call EC2, where much is made at the first look."""
    body = urlencode({"Action": action, "Version": "2016-11-15"} | parameters).encode()
    return ask(journal, "ec2", "/", "application/x-www-form-urlencoded", body)


def make_detector(journal: Journal) -> str:
    """Make a GuardDuty detector and return its id."""
    answer: dict[str, str] = json.loads(ask(journal, "guardduty", "/detector", "application/json", b'{"enable": true}'))
    return answer.get("detectorId", "")


def detectors() -> list[str]:
    """Return the ids of all detectors."""
    return list(guardduty_backends["000000000000"]["us-east-1"].detectors)


def fresh_moto(path: Path) -> Journal:
    """Return a moto that knows nothing, with the journal at `path`."""
    ec2_backends.reset()
    guardduty_backends.reset()
    return Journal(path, DomainDispatcherApplication(create_backend_app))


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """Return where the journal is, and leave moto empty."""
    yield tmp_path / "moto" / "journal.jsonl"
    ec2_backends.reset()
    guardduty_backends.reset()


def networks(journal: Journal) -> list[str]:
    """Return the ids of all networks and subnets."""
    described = [ask_ec2(journal, action) for action in ("DescribeVpcs", "DescribeSubnets")]
    return [text for body in described for text in body.split("<") if text.startswith(("vpcId>", "subnetId>"))]


def test_ids_come_back_after_a_restart(path: Path) -> None:
    """Also those of what a reading call made, such as the default network."""
    first = fresh_moto(path)
    ask_ec2(first, "DescribeVpcs")
    ask_ec2(first, "CreateVpc", CidrBlock="10.0.0.0/16")
    ask_ec2(first, "CreateVpc", CidrBlock="10.1.0.0/16")
    before = networks(first)

    second = fresh_moto(path)
    second.replay()

    assert len(before) > 3
    assert before == networks(second)


def test_reads_and_refused_calls_are_not_recorded(path: Path) -> None:
    """The journal grows with changes only."""
    journal = fresh_moto(path)
    ask_ec2(journal, "DescribeVpcs")
    recorded = path.read_text()

    ask_ec2(journal, "DescribeVpcs")
    ask_ec2(journal, "DeleteVpc", VpcId="vpc-00000000000000000")

    assert recorded == path.read_text()
    assert len(recorded.splitlines()) == 1


def test_journal_is_for_its_owner_only(path: Path) -> None:
    """Requests carry passwords."""
    make_detector(fresh_moto(path))

    assert path.stat().st_mode & 0o777 == 0o600


def test_request_that_fails_at_the_replay_is_logged(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The others are replayed all the same."""
    caplog.set_level(logging.INFO)
    made = make_detector(fresh_moto(path))
    line = path.read_text()
    path.write_text(line.replace("guardduty/aws4_request", "iam/aws4_request") + line)

    fresh_moto(path).replay()

    assert detectors() == [made]
    assert "request 1 of" in caplog.text
    assert "replayed 2 requests" in caplog.text
