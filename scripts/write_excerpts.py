"""Writes the excerpts of botocore's data that our clients are made from: `python scripts/write_excerpts.py`."""  # noqa: INP001 - not a package

import json
from collections.abc import Iterable, Iterator
from typing import Any

from botocore.session import Session
from opsplane.adapters.aws.loader import EXCERPTS, OPERATIONS, SERVICES
from opsplane.playbooks import catalogue

_TYPE = "service-2"


def render() -> dict[str, str]:
    """The text of every file, by its name in the folder of excerpts."""
    loader = Session().get_component("data_loader")
    files = {"endpoints.json": _text(_endpoints(loader))}
    for service, operations in OPERATIONS.items():
        version = loader.determine_latest_version(service, _TYPE)
        model = loader.load_service_model(service, _TYPE)
        files[f"{service}/{version}/{_TYPE}.json"] = _text(_excerpt(model, operations | _rights(service)))
    return files


def main() -> None:
    """Write them anew; what is not wanted any more goes."""
    for old in EXCERPTS.rglob("*.json"):
        old.unlink()
    for name, text in render().items():
        path = EXCERPTS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def _rights(service: str) -> frozenset[str]:
    """What the playbooks may do; a right is mostly named after its operation."""
    rights = (right.split(":") for playbook in catalogue() for right in playbook.rights)
    return frozenset(action for prefix, action in rights if prefix == service)


def _excerpt(model: dict[str, Any], wanted: frozenset[str]) -> dict[str, Any]:
    """A model with some of its operations and the shapes that these are made of, without its documentation."""
    operations = {name: each for name, each in model["operations"].items() if name in wanted}
    shapes, ahead = model["shapes"], set(_references(operations))
    needed: set[str] = set()
    while ahead:
        needed |= ahead
        ahead = {name for each in ahead for name in _references(shapes[each])} - needed
    kept = {name: each for name, each in shapes.items() if name in needed}
    bare: dict[str, Any] = _undocumented({**model, "operations": operations, "shapes": kept})
    return bare


def _references(value: Any) -> Iterator[str]:
    """The names of the shapes that a value mentions."""
    if isinstance(value, dict):
        if isinstance(value.get("shape"), str):
            yield value["shape"]
        yield from _of_all(value.values())
    elif isinstance(value, list):
        yield from _of_all(value)


def _of_all(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _references(value)


def _undocumented(value: Any) -> Any:
    if isinstance(value, dict):
        told = {"documentation", "documentationUrl"}
        return {k: _undocumented(v) for k, v in value.items() if not (k in told and isinstance(v, str))}
    return [_undocumented(each) for each in value] if isinstance(value, list) else value


def _endpoints(loader: Any) -> dict[str, Any]:
    """All partitions and regions, with our services only."""
    wanted = {loader.load_service_model(service, _TYPE)["metadata"]["endpointPrefix"] for service in SERVICES}
    found = loader.load_data("endpoints")
    partitions = [
        {**each, "services": {name: told for name, told in each["services"].items() if name in wanted}}
        for each in found["partitions"]
    ]
    return {**found, "partitions": partitions}


def _text(value: dict[str, Any]) -> str:
    """JSON with a line for each part of a part, so that a change can be read."""
    parts = (f'"{key}":{_part(part)}' for key, part in value.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _part(value: Any) -> str:
    if not isinstance(value, dict):
        return _compact(value)
    return "{\n" + ",\n".join(f'"{key}":{_compact(each)}' for key, each in value.items()) + "\n}"


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    main()
