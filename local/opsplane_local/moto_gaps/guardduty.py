"""GuardDuty as of moto 5.2.5."""

from typing import Any

from moto.guardduty.models import Detector

from opsplane_local.moto_gaps.patch import Patch

type Feature = dict[str, Any]
"""A protection plan of a detector as the API shows it, with its `name`."""


def features_one_by_one(patch: Patch) -> None:
    """Let UpdateDetector change the features that it names and keep the others: moto drops them."""
    replace_all: Any = Detector.update

    def update(self: Detector, *given: Any) -> None:
        *others, features = given
        held: dict[str, Feature] = {feature["name"]: feature for feature in self.features}
        for feature in features or ():
            held[feature["name"]] = {**held.get(feature["name"], {}), **feature}
        replace_all(self, *others, list(held.values()))

    patch.attribute(Detector, "update", update)
