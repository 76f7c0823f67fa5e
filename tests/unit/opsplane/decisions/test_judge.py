"""Policy, live state, history and guards, in this order, each branch with its reason."""

import pytest
from builders import (
    Deployment,
    config_verdict,
    envelope,
    group_opened,
    guardduty,
    policies,
    role,
    settings,
    shipped,
    signal,
)
from cloud import BUCKET, GROUP, Cloud, rule
from opsplane.decisions.decision import Decision, Outcome
from opsplane.decisions.judge import History, judge
from opsplane.errors import AccessDenied, ServiceUnavailable
from opsplane.policies.policy import Mode, PolicySet
from opsplane.settings import Settings

SSH = "ingress tcp 22-22 0.0.0.0/0"


def decide(
    cloud: Cloud,
    event: dict[str, object] | None = None,
    history: History | None = None,
    rules: PolicySet | None = None,
    served: Settings | None = None,
) -> Decision:
    """The decision about an event, by default about an opened group under the shipped policies."""
    heard = signal(event or group_opened())
    return judge(heard, history or History(), rules or shipped(), served or settings(), cloud)


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


def test_a_finding_of_another_region_is_told_and_not_taken_for_a_deleted_resource() -> None:
    """Security Hub can aggregate regions; our API sees one: people hear of it."""
    event = config_verdict()
    event["detail"]["awsRegion"] = "eu-west-1"

    decision = decide(Cloud(before=pytest.fail), event)

    assert decision.outcome is Outcome.TELL
    assert decision.reason == "nothing was changed: it is in eu-west-1, this opsplane acts in us-east-1"


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
