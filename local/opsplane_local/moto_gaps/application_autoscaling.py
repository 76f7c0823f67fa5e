"""Application Auto Scaling as of moto 5.2.5."""

import json

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, FakeScalableTarget
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from opsplane_local.moto_gaps.patch import Patch


def target_tags(patch: Patch) -> None:
    """Keep the tags of scalable targets: moto drops them and has no call that lists or changes them."""
    register_without_tags = ApplicationAutoScalingResponse.register_scalable_target

    def register_scalable_target(self: ApplicationAutoScalingResponse) -> str:
        answer = register_without_tags(self)
        target = _find(self.applicationautoscaling_backend, json.loads(answer)["ScalableTargetARN"])
        _tags(target).update(self._get_param("Tags") or {})
        return answer

    def list_tags_for_resource(self: ApplicationAutoScalingResponse) -> str:
        target = _find(self.applicationautoscaling_backend, self._get_param("ResourceARN"))
        return json.dumps({"Tags": _tags(target)})

    def tag_resource(self: ApplicationAutoScalingResponse) -> str:
        target = _find(self.applicationautoscaling_backend, self._get_param("ResourceARN"))
        _tags(target).update(self._get_param("Tags"))
        return json.dumps({})

    def untag_resource(self: ApplicationAutoScalingResponse) -> str:
        target = _find(self.applicationautoscaling_backend, self._get_param("ResourceARN"))
        for key in self._get_param("TagKeys"):
            _tags(target).pop(key, None)
        return json.dumps({})

    for method in (register_scalable_target, list_tags_for_resource, tag_resource, untag_resource):
        patch.attribute(ApplicationAutoScalingResponse, method.__name__, method)


def _find(backend: ApplicationAutoscalingBackend, arn: str) -> FakeScalableTarget:
    """Return the scalable target with this ARN.

    Raises:
        AWSValidationException: there is none.
    """
    for targets in backend.targets.values():
        for target in targets.values():
            if target.arn == arn:
                return target
    message = f"No scalable target has the ARN {arn}: register it first."
    raise AWSValidationException(message)


def _tags(target: FakeScalableTarget) -> dict[str, str]:
    """Return the tags of a target; they live and die with it."""
    tags: dict[str, str] = vars(target).setdefault("tags", {})
    return tags
