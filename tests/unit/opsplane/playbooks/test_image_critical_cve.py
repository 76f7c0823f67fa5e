"""An image with a critical vulnerability is marked."""

import pytest
from opsplane.errors import ResourceNotFound
from opsplane.playbooks.plan import Observation
from planned import Answers, plan, playbook, subject

DIGEST = "sha256:0123456789abcdef"
IMAGE = subject("AWS::ECR::ContainerImage", f"shop@{DIGEST}")


def test_the_image_gets_a_tag_of_its_own() -> None:
    """Made of its digest, so that two images never fight for one tag; ECR compares the digest with the manifest."""
    [step] = plan("image-critical-cve", IMAGE, Observation(state={"tag latest": True}))

    assert step.target == "tag opsplane-deny-0123456789ab"
    assert step.apply[0].parameters["imageManifest"] == {"$live": "manifest"}
    assert step.apply[0].parameters["imageDigest"] == DIGEST
    assert step.undo[0].operation == "batch_delete_image"


def test_a_marked_image_is_left() -> None:
    """Inspector tells the same image for each vulnerability."""
    found = Observation(state={"tag opsplane-deny-0123456789ab": True})

    assert plan("image-critical-cve", IMAGE, found) == ()


def test_an_image_that_is_gone_is_not_found() -> None:
    """BatchGetImage answers an empty list, not an error."""
    with pytest.raises(ResourceNotFound, match="there is no image shop@"):
        playbook("image-critical-cve").observe(Answers(batch_get_image={"images": []}), IMAGE)


def registry(*tags: str) -> Answers:
    """ECR with the image under these tags."""
    return Answers(
        batch_get_image={"images": [{"imageManifest": "{}", "imageManifestMediaType": "application/x"}]},
        describe_images={"imageDetails": [{"imageTags": [*tags]}]},
        describe_repositories={"repositories": [{"repositoryArn": "arn"}]},
        list_tags_for_resource={"tags": []},
    )


@pytest.mark.parametrize(
    ("tags", "removable"),
    [
        (["opsplane-deny-0123456789ab", "latest"], True),
        (["opsplane-deny-0123456789ab"], False),
        (["latest", "v1"], False),
    ],
)
def test_the_mark_is_taken_off_only_beside_another_tag(tags: list[str], *, removable: bool) -> None:
    """With its last tag ECR deletes the image, which may be the one that runs in production."""
    found = playbook("image-critical-cve").observe(registry(*tags), IMAGE)

    assert (found.handles.get("mark beside another tag") == "opsplane-deny-0123456789ab") is removable


def test_the_mark_of_an_image_without_tags_stays() -> None:
    """Taking it off would delete the image."""
    [step] = plan("image-critical-cve", IMAGE, playbook("image-critical-cve").observe(registry(), IMAGE))

    assert step.undo == ()
    assert "ECR deletes an image" in step.final


def test_ecr_is_told_the_type_of_a_manifest_that_does_not_name_it() -> None:
    """Builders of OCI images leave it out, and PutImage refuses the manifest then."""
    [step] = plan("image-critical-cve", IMAGE, playbook("image-critical-cve").observe(registry("v1"), IMAGE))

    assert step.apply[0].parameters["imageManifestMediaType"] == {"$live": "media type"}
