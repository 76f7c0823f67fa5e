"""Secrets Manager as of moto 5.2.5, which keeps only the secrets that RDS makes: all others live elsewhere."""

from moto.secretsmanager.models import FakeSecret, SecretsManagerBackend

from opsplane_local.moto_gaps.patch import Patch


def managed_rotation_ends(patch: Patch) -> None:
    """Let the rotation of a secret be cancelled that its service rotates by itself: moto asks for a function."""
    cancel_with_function = SecretsManagerBackend.cancel_rotate_secret

    def cancel_rotate_secret(self: SecretsManagerBackend, secret_id: str) -> str:
        secret = self.secrets.get(secret_id)
        if not isinstance(secret, FakeSecret) or secret.owning_service is None:
            return cancel_with_function(self, secret_id)
        secret.rotation_enabled = False
        return secret.to_short_dict()

    patch.attribute(SecretsManagerBackend, "cancel_rotate_secret", cancel_rotate_secret)
