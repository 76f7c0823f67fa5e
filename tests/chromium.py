"""A headless Chromium, spoken to over its debugging pipe: no driver and no port.

https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 20.0
"""Seconds that anything in the browser may take."""


def find_chromium() -> str:
    """The browser's program.

    Raises:
        FileNotFoundError: none is installed; it says how to get one.
    """
    for name in NAMES:
        if found := shutil.which(name):
            return found
    message = f"none of {', '.join(NAMES)} is on PATH: install Chromium, e.g. apt-get install chromium"
    raise FileNotFoundError(message)


class Chromium:
    """One page of one browser with a profile of its own; a context manager.

    Attributes:
        complaints: What the page wrote to its console as errors, and what its content security policy refused.
    """

    def __init__(self, profile: Path) -> None:
        """Start a browser whose profile is in `profile`."""
        self.complaints: list[str] = []
        self._number = 0
        self._rest = b""
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        # The browser reads commands from descriptor 3 and answers on 4.
        script = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
        flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe")
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", script, find_chromium(), *flags, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._session = self._attach()

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the browser."""
        del kind, error, trace
        self.send("Browser.close", session=False)
        os.close(self._out)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)

    def look_like(self, width: int, *, dark: bool = False) -> None:
        """Be a screen of so many CSS pixels, in the light or in the dark."""
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        self.send("Emulation.setDeviceMetricsOverride", **metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, url: str) -> None:
        """Go to a page and wait until it is there."""
        self.send("Page.navigate", url=url)
        self.until(f"document.readyState === 'complete' && location.href.startsWith({json.dumps(url)})")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression on the page; `await` is allowed."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            message = f"{expression}: {answer['exceptionDetails'].get('exception', {}).get('description')}"
            raise AssertionError(message)
        return answer["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until an expression is true on the page, also across navigations."""
        deadline = time.monotonic() + PATIENCE
        while not self._true(expression):
            if time.monotonic() > deadline:
                message = f"never became true: {expression}; the page says: {self.text()[:500]}"
                raise AssertionError(message)
            time.sleep(0.05)

    def text(self) -> str:
        """What a person can read on the page."""
        return str(self.evaluate("document.body.innerText"))

    def press(self, selector: str) -> None:
        """Click the one element that a selector finds, and wait for the page that follows."""
        self.evaluate("window.left = true")
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")
        self.until("!window.left && document.readyState === 'complete'")

    def fill(self, selector: str, value: str) -> None:
        """Type into a field."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")
        self.send("Input.insertText", text=value)

    def picture(self, path: Path) -> None:
        """Keep the whole page as a picture."""
        shot = self.send("Page.captureScreenshot", captureBeyondViewport=True, format="png")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def send(self, method: str, *, session: bool = True, **parameters: Any) -> dict[str, Any]:
        """Give one command of the protocol and return its answer."""
        self._number += 1
        command: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = self._session
        os.write(self._out, json.dumps(command).encode() + b"\0")
        number = self._number
        answer = self._wait(lambda message: message.get("id") == number)
        if "error" in answer:
            text = f"{method}: {answer['error']['message']}"
            raise AssertionError(text)
        result: dict[str, Any] = answer["result"]
        return result

    def _attach(self) -> str:
        targets = self.send("Target.getTargets", session=False)["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._session = str(self.send("Target.attachToTarget", session=False, targetId=page, flatten=True)["sessionId"])
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        return self._session

    def _true(self, expression: str) -> bool:
        try:
            return bool(self.evaluate(expression))
        except AssertionError:
            # The page was left in the middle of the question.
            return False

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while True:
            while b"\0" not in self._rest:
                ready, _, _ = select.select([self._in], [], [], max(deadline - time.monotonic(), 0))
                chunk = os.read(self._in, 1 << 16) if ready else b""
                if not chunk:
                    text = f"Chromium did not answer within {PATIENCE:.0f} s"
                    raise AssertionError(text)
                self._rest += chunk
            raw, _, self._rest = self._rest.partition(b"\0")
            message: dict[str, Any] = json.loads(raw)
            self._note(message)
            if wanted(message):
                return message

    def _note(self, message: dict[str, Any]) -> None:
        entry = message.get("params", {}).get("entry", {})
        if message.get("method") == "Log.entryAdded" and entry.get("level") == "error":
            self.complaints.append(f"{entry['text']} ({entry.get('url', '')})")
        if message.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(str(message["params"]["exceptionDetails"]))
