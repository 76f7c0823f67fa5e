"""Write the shipped policies as functions read them: `python scripts/write_policies.py`."""  # noqa: INP001 - not a package

from opsplane.policies.source import SHIPPED, parse, render


def rendered() -> str:
    """`default.yaml`, checked, as JSON."""
    return render(parse(SHIPPED.read_text(), SHIPPED.name))


if __name__ == "__main__":
    SHIPPED.with_suffix(".json").write_text(rendered())
