"""Clients made from excerpts of botocore's data, beside those made from all of it."""

from typing import Any

import pytest
from botocore.session import Session
from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.loader import OPERATIONS, SERVICES, ExcerptLoader


@pytest.mark.parametrize("service", sorted(SERVICES))
@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1", "us-gov-west-1", "cn-north-1"])
def test_an_excerpt_leads_to_the_same_endpoint(service: str, region: str) -> None:
    """Host, scheme and the region that is signed for, in every partition."""
    usual, whole = client(service, region), client(service, region, whole=True)

    assert usual.meta.endpoint_url == whole.meta.endpoint_url
    assert usual._request_signer.signing_name == whole._request_signer.signing_name  # noqa: SLF001 - no public door
    assert usual._request_signer.region_name == whole._request_signer.region_name  # noqa: SLF001


@pytest.mark.parametrize("service", sorted(OPERATIONS))
def test_an_excerpt_describes_an_operation_as_botocore_does(service: str) -> None:
    """Input and output, down to the last shape."""
    usual, whole = (client(service, "us-east-1", whole=each).meta.service_model for each in (False, True))

    for name in usual.operation_names:
        ours, theirs = usual.operation_model(name), whole.operation_model(name)
        assert (shape(ours.input_shape), ours.http) == (shape(theirs.input_shape), theirs.http)
        assert shape(ours.output_shape) == shape(theirs.output_shape)


def shape(found: Any, seen: tuple[str, ...] = ()) -> Any:
    """A shape with all that it is made of, as plain values."""
    if found is None or found.name in seen:
        return None
    below = (*seen, found.name)
    members = {name: shape(each, below) for name, each in getattr(found, "members", {}).items()}
    inner = [shape(getattr(found, part), below) for part in ("member", "key", "value") if hasattr(found, part)]
    return found.type_name, found.serialization, found.metadata, members, inner


def test_an_excerpt_is_small() -> None:
    """EC2 has hundreds of operations; the playbooks have rights to a few."""
    usual, whole = (len(client("ec2", whole=each).meta.method_to_api_mapping) for each in (False, True))

    assert usual < whole / 10


def test_a_service_without_excerpt_is_found_all_the_same() -> None:
    """In botocore's own data."""
    assert client("route53").meta.service_model.service_name == "route53"


def test_the_loader_knows_the_same_services_as_botocore() -> None:
    """Whoever asks for one that does not exist is told so."""
    theirs = Session().get_component("data_loader").list_available_services("service-2")

    assert set(theirs) <= set(ExcerptLoader().list_available_services("service-2"))
