"""An image with a critical vulnerability that is exploited is marked with a tag that a deployment gate can look for.

Nothing that runs is touched: a new image is the cure.
https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-retag.html
"""

from typing import Any

from opsplane.errors import ResourceNotFound
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, live, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_REMOVABLE, _MEDIA_TYPE = "mark beside another tag", "media type"


def observe(api: Api, subject: Subject) -> Observation:
    """The image's tags, and the manifest that a new tag needs."""
    repository, _, digest = subject.resource.id.partition("@")
    asked: dict[str, Any] = {"repositoryName": repository, "imageIds": [{"imageDigest": digest}]}
    images = api.read("ecr", "batch_get_image", **asked)["images"]
    if not images:
        message = f"there is no image {subject.resource.id}"
        raise ResourceNotFound(message)
    [described] = api.read("ecr", "describe_images", **asked)["imageDetails"]
    [holder] = api.read("ecr", "describe_repositories", repositoryNames=[repository])["repositories"]
    tags = sorted(described.get("imageTags", []))
    mark = _mark(digest)
    # With its last tag ECR deletes the image itself, so that the mark may be taken off only beside another tag.
    removable = {_REMOVABLE: mark} if mark in tags and len(tags) > 1 else {}
    media_type = {_MEDIA_TYPE: kind} if (kind := images[0].get("imageManifestMediaType")) else {}
    return Observation(
        tags=tags_of(api.read("ecr", "list_tags_for_resource", resourceArn=holder["repositoryArn"])["tags"]),
        state={f"tag {tag}": True for tag in tags},
        handles={"manifest": images[0]["imageManifest"], **media_type, **removable},
        evidence={"tags": tags, "pushed_at": str(described.get("imagePushedAt", "")), "cve": subject.facts.get("cve")},
    )


def _mark(digest: str) -> str:
    return f"opsplane-deny-{digest.removeprefix('sha256:')[:12]}"


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step: the tag, unless it is there."""
    repository, digest = subject.resource.id.split("@", 1)
    tag = _mark(digest)
    target = f"tag {tag}"
    if target in found.state:
        return ()
    named: dict[str, Any] = {"repositoryName": repository, "imageTag": tag, "imageDigest": digest}
    # A manifest of OCI need not name its own type; then ECR wants to be told.
    kind = {"imageManifestMediaType": live(_MEDIA_TYPE)} if _MEDIA_TYPE in found.handles else {}

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            gone = [{"imageTag": live(_REMOVABLE)}]
            return (call("ecr", "batch_delete_image", repositoryName=repository, imageIds=gone),)
        return (call("ecr", "put_image", **named, imageManifest=live("manifest"), **kind),)

    summary = f"Mark image {repository}@{digest[:19]} with the tag {tag}"
    final = "" if found.state else "it is the image's only tag, and with its last tag ECR deletes an image"
    return (change(target, summary, before=None, after=True, to=to, final=final),)


PLAYBOOK = Playbook(
    name="image-critical-cve",
    family=Family.COMPUTE,
    summary="Marks an image with a critical, exploited vulnerability, so that a deployment gate can refuse it.",
    problem="Image {id} has a critical vulnerability that is exploited",
    risk="None for what runs: the mark is a tag beside the others; a rule of ECR about untagged images spares it now.",
    rights=(
        "ecr:BatchDeleteImage",
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:DescribeRepositories",
        "ecr:ListTagsForResource",
        "ecr:PutImage",
    ),
    acts_on=("inspector/ecr-image-critical-cve.json",),
    leaves=("inspector/ecr-image-low-cve.json",),
    observe=observe,
    plan=plan,
)
