"""Write `service/openapi.json` from the code: `python scripts/write_openapi.py`."""  # noqa: INP001 - not a package

import json
from pathlib import Path

from app.main import create_app

TARGET = Path(__file__).parents[1] / "service" / "openapi.json"


def description() -> str:
    """The API as the code describes it, in the form in which it is committed."""
    return json.dumps(create_app().openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(description())
