"""Where the embedded AWS lives: one home folder and one port number decide everything else."""

from dataclasses import dataclass
from pathlib import Path

MINISTACK_VERSION = "1.5.33"
"""The ministack release that `ministack_gaps` was written against; the environment group pins the same one."""

MOTO_VERSION = "5.2.5"
"""The moto release that the journal and the moto gaps were written against."""

LOOPBACK = "127.0.0.1"
"""The emulators run uploaded code, so nothing of them may listen on another interface."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the emulators need to know.

    `home` is the state folder of the platform (`.opsplane` in the checkout), `port` the gateway's port.
    The gateway is the only endpoint that clients use; ministack and moto listen three and four ports above it.
    """

    home: Path
    port: int
    account_id: str = "000000000000"
    region: str = "us-east-1"

    @property
    def gateway_url(self) -> str:
        """Return the one endpoint for all AWS calls, for `AWS_ENDPOINT_URL`."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def ministack_port(self) -> int:
        """Return the port that ministack listens on."""
        return self.port + 3

    @property
    def moto_port(self) -> int:
        """Return the port that moto listens on."""
        return self.port + 4

    @property
    def ministack_url(self) -> str:
        """Return ministack's own address, for the gateway and for health probes."""
        return f"http://{LOOPBACK}:{self.ministack_port}"

    @property
    def moto_url(self) -> str:
        """Return moto's own address, for the gateway and for health probes."""
        return f"http://{LOOPBACK}:{self.moto_port}"

    @property
    def emulator_python(self) -> Path:
        """Return the interpreter of ministack's own environment, which is also the one that runs the Lambdas."""
        return self.home / "emulator-venv" / "bin" / "python"

    @property
    def state(self) -> Path:
        """Return the folder of everything that survives a restart."""
        return self.home / "state"

    @property
    def ministack_state(self) -> Path:
        """Return the folder of ministack's snapshots."""
        return self.state / "ministack"

    @property
    def moto_state(self) -> Path:
        """Return the folder of moto's journal."""
        return self.state / "moto"

    def log(self, name: str) -> Path:
        """Return the log file that the launcher writes for the process called `name`."""
        return self.home / "run" / "logs" / f"{name}.log"
