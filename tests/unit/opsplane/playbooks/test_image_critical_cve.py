"""An image with a critical vulnerability is marked."""

import pytest
from opsplane.errors import ResourceNotFound
from opsplane.playbooks.plan import Observation
from planned import Answers, plan, playbook, subject

DIGEST = "sha256:0123456789abcdef"
IMAGE = subject("AWS::ECR::ContainerImage", f"shop@{DIGEST}")


def test_the_image_gets_a_tag_of_its_own() -> None:
    """Made of its digest, so that two images never fight for one tag; undo takes only the tag."""
    [step] = plan("image-critical-cve", IMAGE, Observation(state={"tag latest": True}))

    assert step.target == "tag opsplane-deny-0123456789ab"
    assert step.apply[0].parameters["imageManifest"] == {"$live": "manifest"}
    assert step.undo[0].parameters["imageIds"] == [{"imageTag": "opsplane-deny-0123456789ab"}]


def test_a_marked_image_is_left() -> None:
    """Inspector tells the same image for each vulnerability."""
    found = Observation(state={"tag opsplane-deny-0123456789ab": True})

    assert plan("image-critical-cve", IMAGE, found) == ()


def test_an_image_that_is_gone_is_not_found() -> None:
    """BatchGetImage answers an empty list, not an error."""
    with pytest.raises(ResourceNotFound, match="there is no image shop@"):
        playbook("image-critical-cve").observe(Answers(batch_get_image={"images": []}), IMAGE)
