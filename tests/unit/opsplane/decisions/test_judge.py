"""Policy, live state, history and guards, in this order, each branch with its reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    NOW,
    Deployment,
    config_verdict,
    envelope,
    finding,
    group_opened,
    guardduty,
    policies,
    role,
    security_hub,
    settings,
    shipped,
    signal,
)
from cloud import ACCOUNT, BUCKET, GROUP, Cloud, rule
from opsplane.adapters.memory.accounts import MemoryAccounts
from opsplane.decisions.decision import Decision, Outcome
from opsplane.decisions.judge import History, Rules, judge
from opsplane.errors import AccessDenied, ServiceUnavailable
from opsplane.playbooks.plan import Api
from opsplane.policies.policy import Exemption, Match, Mode, PolicySet
from opsplane.settings import Settings
from opsplane.signals.signal import Resource
from planned import Answers

SSH = "ingress tcp 22-22 0.0.0.0/0"


def decide(
    cloud: Api,
    event: dict[str, object] | None = None,
    history: History | None = None,
    rules: PolicySet | None = None,
    served: Settings | None = None,
) -> Decision:
    """The decision about an event, by default about an opened group under the shipped policies."""
    heard = signal(event or group_opened())
    resting_on = Rules(rules or shipped(), served or settings(), MemoryAccounts(ACCOUNT, cloud).reach, NOW)
    return judge(heard, history or History(), resting_on)


@pytest.mark.parametrize(
    ("mode", "outcome", "reason"),
    [
        (Mode.ENFORCE, Outcome.ACT, "policy sg-world-ingress enforces in dev"),
        (Mode.APPROVE, Outcome.ASK, "policy sg-world-ingress asks in dev"),
        (Mode.OBSERVE, Outcome.TELL, "policy sg-world-ingress only observes in dev"),
    ],
)
def test_the_mode_says_how_far_it_may_go(mode: Mode, outcome: Outcome, reason: str) -> None:
    """In each mode the plan is the same, so that a dry run says what the real run would do."""
    decision = decide(Cloud().open_group(rule(22)), rules=policies(mode))

    assert (decision.outcome, decision.reason) == (outcome, reason)
    assert decision.plan is not None
    assert decision.plan.targets == {SSH}


def test_a_protected_resource_is_asked_about() -> None:
    """The tag turns enforce into ask, with its reason."""
    decision = decide(Cloud().open_group(rule(22), protected="true"))

    assert decision.outcome is Outcome.ASK
    assert decision.reason.endswith("enforces in dev, but the resource carries the tag opsplane:protected")


def test_a_change_by_terraform_is_asked_about() -> None:
    """Fighting the next apply helps nobody."""
    decision = decide(Cloud().open_group(rule(22)), group_opened(identity=role("terraform-apply")))

    assert decision.outcome is Outcome.ASK
    assert "Terraform role terraform-apply" in decision.reason


def test_guards_do_not_speak_in_other_modes() -> None:
    """What is asked or observed anyway needs no second reason."""
    decision = decide(Cloud().open_group(rule(22), protected="true"), rules=policies(Mode.OBSERVE))

    assert decision.outcome is Outcome.TELL


def test_nothing_is_changed_while_deciding() -> None:
    """Judging only reads."""
    cloud = Cloud().open_group(rule(22))

    decide(cloud)

    assert cloud.changes == []


def test_live_state_decides_and_the_event_is_a_hint() -> None:
    """An old event about a group that is closed by now leads to nothing."""
    decision = decide(Cloud().open_group(rule(22, "10.0.0.0/8")))

    assert (decision.outcome, decision.reason) == (
        Outcome.IGNORE,
        f"{GROUP} is as the policy wants it: nothing to change",
    )


def test_a_resource_that_is_gone_is_left() -> None:
    """There is nothing to protect any more."""
    assert decide(Cloud()).reason == f"{GROUP} does not exist any more"


def test_a_threat_is_told_although_its_resource_is_gone() -> None:
    """An attacker who ends the instance does not end the case: its credentials may be elsewhere."""
    decision = decide(Answers(), guardduty(type="CryptoCurrency:EC2/BitcoinTool.B"))

    assert decision.outcome is Outcome.TELL
    assert "does not exist any more: see what it did before" in decision.reason


def test_a_resource_that_may_not_be_read_is_told() -> None:
    """Fail closed: without seeing its tags and state nothing is changed, and people are told."""
    cloud = Cloud().open_group(rule(22))

    def refuse(_: str) -> None:
        text = "ec2 describe_security_groups: UnauthorizedOperation"
        raise AccessDenied(text)

    cloud.before = refuse
    decision = decide(cloud)

    assert decision.outcome is Outcome.TELL
    assert decision.reason.startswith(f"nothing was changed: {GROUP} could not be examined: ")
    assert decision.plan is None


def test_a_resource_that_cannot_be_read_just_now_is_not_decided_about() -> None:
    """Throttling is no answer: the event is delivered again."""
    cloud = Cloud().open_group(rule(22))

    def throttle(_: str) -> None:
        text = "RequestLimitExceeded"
        raise ServiceUnavailable(text)

    cloud.before = throttle
    with pytest.raises(ServiceUnavailable):
        decide(cloud)


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_another_environment_is_left_to_its_own_opsplane(environment: str) -> None:
    """The tag of the live resource says whose it is."""
    cloud = Cloud().open_group(rule(22), Environment=environment)

    decision = decide(cloud, served=settings(environments="dev"))

    assert (decision.outcome, decision.environment) == (Outcome.IGNORE, environment)


def test_the_live_tag_chooses_the_mode() -> None:
    """A prod group is asked about where prod asks, whatever this deployment is named."""
    ours = shipped()
    strict = ours.policies[0].model_copy(update={"mode": {"default": Mode.ENFORCE, "prod": Mode.APPROVE}})
    rules = ours.model_copy(update={"policies": (strict,)})

    decision = decide(Cloud().open_group(rule(22), Environment="prod"), rules=rules)

    assert (decision.outcome, decision.environment) == (Outcome.ASK, "prod")


def test_a_finding_of_another_environment_is_left_too() -> None:
    """Also where nothing is read from AWS: the finding carries the tag."""
    tagged = {"instanceDetails": {"instanceId": "i-1", "tags": [{"key": "Environment", "value": "prod"}]}}

    decision = decide(Cloud(), guardduty(resource=tagged), served=settings(environments="dev"))

    assert decision.outcome is Outcome.IGNORE


def test_what_is_in_hand_is_recorded_only() -> None:
    """Two plans about one rule would get in each other's way."""
    decision = decide(Cloud().open_group(rule(22)), history=History(claimed=frozenset({SSH})))

    assert (decision.outcome, decision.reason) == (Outcome.RECORD, "an unfinished action is already about this")


def test_what_a_person_declined_is_recorded_only() -> None:
    """People have the last word about a change until somebody makes it anew."""
    decision = decide(Cloud().open_group(rule(22)), history=History(declined=frozenset({SSH})))

    assert decision.outcome is Outcome.RECORD
    assert decision.reason.startswith("a person undid or rejected this very change")


def test_the_rest_of_what_is_in_hand_or_declined_is_planned() -> None:
    """A third rule is nobody's yet."""
    cloud = Cloud().open_group(rule(22), rule(3389), rule(5432))
    history = History(frozenset({SSH}), frozenset({"ingress tcp 3389-3389 0.0.0.0/0"}))

    decision = decide(cloud, history=history)

    assert decision.plan is not None
    assert decision.plan.targets == {"ingress tcp 5432-5432 0.0.0.0/0"}


def test_without_a_policy_it_is_recorded_and_nothing_else() -> None:
    """An empty policy file changes nothing and says so."""
    decision = decide(Cloud().open_group(rule(22)), rules=PolicySet(version=1, policies=()))

    assert (decision.outcome, decision.reason, decision.policy) == (Outcome.RECORD, "no policy matches", None)


def test_a_dismissed_signal_is_not_looked_into() -> None:
    """Its own reason is the reason; AWS is not asked."""
    cloud = Cloud(before=pytest.fail)

    decision = decide(cloud, config_verdict("COMPLIANT"))

    assert (decision.outcome, decision.reason) == (Outcome.IGNORE, "Config says COMPLIANT: back to compliant")


def test_our_own_change_is_ignored_and_only_looked_at() -> None:
    """What we do comes back as an event: nothing follows from it, but what we gave back is remembered."""
    cloud = Cloud().open_group(rule(22), rule(22, "10.20.0.0/16"))

    decision = decide(cloud, group_opened(identity=role("opsplane-dev-remediator")))

    assert (decision.outcome, decision.reason) == (Outcome.IGNORE, "our own change came back to us")
    assert [known["CidrIpv4"] for known in (decision.memory or {}).values()] == ["10.20.0.0/16"]


def test_our_own_change_of_what_is_gone_is_ignored_too() -> None:
    """There is nothing to remember then."""
    decision = decide(Cloud(), group_opened(identity=role("opsplane-dev-remediator")))

    assert (decision.outcome, decision.memory) == (Outcome.IGNORE, None)


def test_the_severity_is_the_policys_when_it_names_one() -> None:
    """A high finding wakes somebody as critical."""
    assert decide(Cloud(), guardduty(7)).severity == "critical"
    assert decide(Cloud().open_group(rule(22))).severity == "high"


def test_the_title_says_what_is_wrong_and_not_which_call_led_to_it() -> None:
    """All services that report one open group lead to one title."""
    decision = decide(Cloud().open_group(rule(22)), config_verdict())

    assert decision.title == f"Security group {GROUP} is open to the internet"


def test_a_finding_about_an_account_that_is_not_enrolled_is_told_and_nothing_is_touched() -> None:
    """An administrator's account hears of all its members; only those that enrolled are ours to change."""
    event = security_hub(finding(AwsAccountId="999999999999"))

    decision = decide(Cloud(before=pytest.fail), event)

    assert decision.outcome is Outcome.TELL
    assert "account 999999999999 is not enrolled" in decision.reason


def test_the_region_of_the_resource_is_the_one_that_is_asked() -> None:
    """Security Hub can aggregate regions: the way to the API is chosen by the resource."""
    asked: list[str] = []

    def reach(resource: Resource) -> Cloud:
        asked.append(resource.region)
        return Cloud().open_group(rule(22))

    event = config_verdict()
    event["detail"]["awsRegion"] = "eu-west-1"
    judge(signal(event), History(), Rules(shipped(), settings(), reach, NOW))

    assert asked == ["eu-west-1"]


def test_an_old_event_is_stale() -> None:
    """What happened yesterday may have been put right since; the sweep looks at live state."""
    decision = decide(Cloud(before=pytest.fail), group_opened(time="2026-11-21T09:59:00Z"))

    assert decision.outcome is Outcome.IGNORE
    assert decision.reason == "it is stale: it happened at 2026-11-21 09:59 UTC, over 24 h ago"


def test_an_exception_is_recorded_with_its_owner_until_it_ends() -> None:
    """What somebody answers for is left alone, and its use is on record; the day after its last one it is over."""
    exception = Exemption(owner="data-team", reason="demo", until=date(2026, 11, 22), resources=(GROUP,))
    [ours] = [each for each in shipped().policies if each.name == "sg-world-ingress"]
    rules = shipped().model_copy(update={"policies": (ours.model_copy(update={"exceptions": (exception,)}),)})
    heard = group_opened(time="2026-11-22T09:00:00Z")

    standing = decide(Cloud().open_group(rule(22)), heard, rules=rules)
    ended = judge(
        signal(group_opened(time="2026-11-23T09:00:00Z")),
        History(),
        Rules(rules, settings(), lambda _: Cloud().open_group(rule(22)), NOW + timedelta(days=1)),
    )

    assert (standing.outcome, standing.plan) == (Outcome.RECORD, None)
    assert standing.reason == "exception of data-team until 2026-11-22: demo"
    assert ended.outcome is Outcome.ACT


@pytest.mark.parametrize(
    ("match", "outcome"),
    [
        ({"tags": {"opsplane:team": "data*"}}, Outcome.ACT),
        ({"tags": {"opsplane:team": "web"}}, Outcome.RECORD),
        ({"environments": ("dev",)}, Outcome.ACT),
        ({"environments": ("prod",)}, Outcome.RECORD),
        ({"actors": ("*user/alice",)}, Outcome.ACT),
        ({"actors": ("bob",)}, Outcome.RECORD),
        ({"accounts": ("111122223333",)}, Outcome.RECORD),
        ({"regions": ("us-*",)}, Outcome.ACT),
    ],
)
def test_a_policy_may_match_what_the_event_or_the_resource_tells(match: dict[str, Any], outcome: Outcome) -> None:
    """Tags and environment are read from the resource when the event does not tell them."""
    [ours] = [each for each in shipped().policies if each.name == "sg-world-ingress"]
    narrowed = ours.model_copy(update={"match": Match.model_validate({"kinds": ours.match.kinds, **match})})
    rules = shipped().model_copy(update={"policies": (narrowed,)})

    assert decide(Cloud().open_group(rule(22), team="data-lake"), rules=rules).outcome is outcome


def test_a_resource_that_must_be_looked_at_to_find_the_policy_and_may_not_be_read_is_told() -> None:
    """A refusal is an answer for people, not a crash that is delivered again and again."""
    [ours] = [each for each in shipped().policies if each.name == "sg-world-ingress"]
    narrowed = ours.model_copy(update={"match": Match(kinds=ours.match.kinds, tags={"opsplane:team": "web"})})
    rules = shipped().model_copy(update={"policies": (narrowed,)})
    cloud = Cloud(before=_refuse).open_group(rule(22))

    decision = decide(cloud, rules=rules)

    assert decision.outcome is Outcome.TELL
    assert "nothing was changed: " in decision.reason


def _refuse(_: str) -> None:
    message = "ec2 describe_security_groups: UnauthorizedOperation"
    raise AccessDenied(message)


def test_a_policy_for_a_kind_without_its_playbook_still_tells() -> None:
    """A public bucket under a policy without playbook is announced."""
    detail = {
        "id": "a-1",
        "accountId": "000000000000",
        "status": "ACTIVE",
        "resource": f"arn:aws:s3:::{BUCKET}",
        "resourceType": "AWS::S3::Bucket",
        "isPublic": True,
    }
    ours = shipped()
    bare = next(each for each in ours.policies if each.name == "s3-public-revert").model_copy(update={"playbook": None})
    deployment = Deployment(policies=ours.model_copy(update={"policies": (bare,)}))

    record = deployment.receive(envelope("aws.access-analyzer", "Access Analyzer Finding", detail))

    assert (record.outcome, record.reason) == (Outcome.TELL, "policy s3-public-revert: people are told")
