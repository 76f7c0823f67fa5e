"""Reading a policy file as people write it."""

import pytest
from opsplane.errors import InvalidPolicy
from opsplane.policies.policy import Mode
from opsplane.policies.source import parse

ONE = """
version: 1
policies:
  - name: open-groups
    description: Close them.
    match: {kinds: [security-group-ingress]}
    playbook: sg-world-ingress
    mode: {default: enforce, prod: approve}
"""


def test_a_policy_file_is_read() -> None:
    """Names, modes and matches arrive as values."""
    [policy] = parse(ONE, "policies.yaml").policies

    assert (policy.name, policy.mode_in("prod")) == ("open-groups", Mode.APPROVE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("policies: [", "policies.yaml is not YAML"),
        ("- just a list", "policies.yaml is not a policy set"),
        ("", "policies.yaml is not a policy set"),
        (ONE.replace("version: 1", "version: 2"), "version: Input should be less than or equal to 1"),
        (ONE.replace("enforce", "destroy"), "policies.0.mode.default"),
        (ONE.replace("security-group-ingress]", "everything]"), "policies.0.match.kinds.0"),
        (ONE.replace("    description: Close them.\n", ""), "policies.0.description: Field required"),
        (ONE.replace("playbook:", "plybook:"), "policies.0.plybook: Extra inputs"),
        (ONE + ONE.split("policies:\n")[1], "names more than one policy open-groups"),
        (ONE.replace("world-ingress", "ingres"), "wants playbook sg-ingres, which does not exist"),
        ("!!python/object/apply:os.system ['true']", "policies.yaml is not YAML"),
        ("until: 2026-13-45", "policies.yaml is not YAML"),
        ("[" * 100_000, "policies.yaml is not YAML"),
    ],
)
def test_a_broken_file_says_where(text: str, message: str) -> None:
    """The file, the field and the fault stand in one line."""
    with pytest.raises(InvalidPolicy) as caught:
        parse(text, "policies.yaml")

    assert message in str(caught.value)
