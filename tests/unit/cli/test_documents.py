"""The shapes of `--json`."""

import json

from builders import Deployment, group_opened
from cloud import Cloud
from opsplane_cli.documents import action_document, entry_document, item_document, record_document


def test_every_document_is_plain_json() -> None:
    """Whatever the core holds, it can be written and read again."""
    deployment = Deployment(cloud=Cloud().open_group())
    record = deployment.receive(group_opened())
    entries = deployment.ledger.entries(deployment.item.id)

    documents = [item_document(deployment.item), action_document(deployment.action), record_document(record)]
    documents += [entry_document(entry) for entry in entries]

    assert json.loads(json.dumps(documents)) == documents


def test_an_entry_names_states_in_place_of_full_copies() -> None:
    """A trail of a hundred lines would hold a hundred items otherwise."""
    deployment = Deployment(cloud=Cloud().open_group())
    deployment.receive(group_opened())
    last = deployment.ledger.entries(deployment.item.id)[-1]

    document = entry_document(last)

    assert "item" not in document
    assert (document["item_state"], document["action_state"]) == ("resolved", "verified")
    assert document["action_id"] == deployment.action.id
