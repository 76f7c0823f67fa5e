"""Resource policies that come with a call: whether they let everybody in."""

from opsplane.exposure.statements import is_public
from opsplane.signals.calls.heard import Heard, Record, document, statements
from opsplane.signals.signal import Kind


def policy_of(record: Record, policy: object, type_name: str, resource: str) -> Heard:
    """A call that sets a resource's policy; one that lets nobody in whom it does not name is harmless."""
    found = document(policy)
    public = any(is_public(each) for each in statements(found))
    harmless = None if public or found is None else f"the policy that {record.call} sets lets in only whom it names"
    return Heard(kind=Kind.RESOURCE_POLICY, type=type_name, id=resource, harmless=harmless)
