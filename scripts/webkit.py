"""A smoke test in WebKitGTK, whose engine is Safari's: the page starts and signs in, over TLS.

Its driver speaks the WebDriver protocol (W3C), of which a handful of commands are enough.
"""

import json
import os
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import environment
import stack
import system
from console import Failed, Words

SECONDS = 60
HELLO = "Hello alice"
FORM = {
    "[name=username]": "alice@example.com",
    "[name=password]": "correct-horse-battery-staple",
}
COOKIE = {"path": "/", "secure": True, "httpOnly": True, "sameSite": "Lax"}
# No graphics card and no sandbox: it sees only pages of our own.
WEBKIT = {"LIBGL_ALWAYS_SOFTWARE": "1", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def signs_in() -> None:
    """Sign in at the deployment behind a proxy, reload, and look at the cookie."""
    environment.build("react")
    with tempfile.TemporaryDirectory(prefix="spa-auth-") as name:
        folder = Path(name)
        stack.make_data(folder / "data")
        certificate = stack.make_certificate(folder)
        data = folder / "data"
        with (
            stack.stack("same-origin", data=data, certificate=certificate) as product,
            _screen(folder) as display,
            _driver(folder, display) as browser,
        ):
            _story(browser, product.app)


class Browser:
    """One window of WebKitGTK."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Send a command; the answer is its value."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, method=method)  # noqa: S310 - ours
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise Failed(f"{method} {path}: {value['error']}: {value['message']}") from None

    def find(self, selector: str) -> str:
        """Wait for an element; the answer is the start of its commands."""

        def look() -> Any:
            found = self.ask("POST", "/elements", {"using": "css selector", "value": selector})
            return found[0][ELEMENT] if found else None

        return f"/element/{_until(look, selector)}"

    def wait_for(self, text: str) -> None:
        """Wait until the page says something."""
        script = {"script": "return document.body.innerText", "args": []}
        _until(lambda: text in self.ask("POST", "/execute/sync", script), text)


def _story(browser: Browser, app: str) -> None:
    browser.ask("POST", "/url", {"url": f"{app}/sign-in"})
    for selector, text in FORM.items():
        browser.ask("POST", f"{browser.find(selector)}/value", {"text": text})
    browser.ask("POST", f"{browser.find('form button[type=submit]')}/click", {})
    browser.wait_for(HELLO)
    browser.ask("POST", "/refresh", {})
    browser.wait_for(HELLO)
    cookies = {cookie["name"]: cookie for cookie in browser.ask("GET", "/cookie")}
    session = cookies.get("__Host-sessionid", {})
    if COOKIE.items() - session.items():
        raise Failed(f"the session's cookie is not as it should be: {cookies}")


@contextmanager
def _screen(folder: Path) -> Iterator[str]:
    """Run a screen that nobody sees; the value is its name."""
    words: Words = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with (
        (folder / "screen.log").open("w") as log,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True) as screen,
    ):
        try:
            if screen.stdout is None or not (number := screen.stdout.readline().strip()):
                raise Failed(f"Xvfb did not start:\n{(folder / 'screen.log').read_text()}")
            yield f":{number}"
        finally:
            screen.terminate()


@contextmanager
def _driver(folder: Path, display: str) -> Iterator[Browser]:
    port = system.free_port()
    env = {**os.environ, **WEBKIT, "DISPLAY": display, "HOME": str(folder)}
    options = {"binary": str(system.mini_browser()), "args": ["--automation"]}
    capabilities = {"acceptInsecureCerts": True, "webkitgtk:browserOptions": options}
    words: Words = ["WebKitWebDriver", f"--port={port}"]
    with (
        (folder / "webkit.log").open("w") as log,
        subprocess.Popen(words, env=env, stdout=log, stderr=log) as driver,
    ):
        browser = Browser(f"http://127.0.0.1:{port}")
        try:
            _until(lambda: _is_ready(browser), "WebKitWebDriver")
            wanted = {"capabilities": {"alwaysMatch": capabilities}}
            session = browser.ask("POST", "/session", wanted)["sessionId"]
            browser.address += f"/session/{session}"
            yield browser
            browser.ask("DELETE", "")
        finally:
            driver.terminate()


def _is_ready(browser: Browser) -> bool:
    try:
        return bool(browser.ask("GET", "/status")["ready"])
    except urllib.error.URLError:
        return False


def _until(look: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + SECONDS
    while not (found := look()):
        if time.monotonic() > end:
            raise Failed(f"WebKitGTK: waited in vain for {what!r}")
        time.sleep(0.05)
    return found
