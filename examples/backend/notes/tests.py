"""What the API promises, whichever views answer: `NOTES_VIEWS` says which."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client, TestCase, override_settings

from people.management.commands.demo_users import PASSWORD, Command

NOTES = "/api/notes/"


class Browser(Client):
    """Sends JSON and the CSRF token, as the front end does."""

    token = ""

    def sign_in(self, name: str) -> None:
        """Sign in as one of the demo users."""
        answer = self.send("POST", "/api/login/", {"login": name, "password": PASSWORD})
        self.token = answer.json()["csrfToken"]

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """Ask with a body, and with the token unless told otherwise."""
        headers = {"X-CSRFToken": self.token, **more}
        data = "" if body is None else json.dumps(body)
        return self.generic(method, path, data, "application/json", headers=headers)


# Hashing is slow on purpose, and not what is tested here.
@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
class NotesContract(TestCase):
    """The same answers from both kinds of views."""

    def setUp(self) -> None:
        Command().handle()
        self.alice = self.browser("alice")

    def browser(self, name: str = "") -> Browser:
        browser = Browser(enforce_csrf_checks=True, SERVER_NAME="localhost")
        if name:
            browser.sign_in(name)
        return browser

    def test_a_note_is_written_listed_and_deleted(self) -> None:
        written = self.alice.send("POST", NOTES, {"text": "  Buy bread "})
        assert written.status_code == 201
        note = written.json()
        assert set(note) == {"id", "text", "createdAt"}
        assert note["text"] == "Buy bread"
        age = datetime.now(UTC) - datetime.fromisoformat(note["createdAt"])
        assert abs(age) < timedelta(minutes=1)
        assert [one["id"] for one in self.alice.get(NOTES).json()] == [note["id"]]
        assert self.alice.get("/api/stats/").json()["notes"] == 1

        deleted = self.alice.send("DELETE", f"{NOTES}{note['id']}/")

        assert (deleted.status_code, deleted.content) == (204, b"")
        assert self.alice.get(NOTES).json() == []

    def test_the_newest_note_comes_first(self) -> None:
        for text in ("one", "two", "three"):
            self.alice.send("POST", NOTES, {"text": text})
        texts = [note["text"] for note in self.alice.get(NOTES).json()]
        assert texts == ["three", "two", "one"]

    def test_the_signed_in_person_is_greeted_in_the_language_of_the_page(self) -> None:
        for language, greeting in (("en", "Hello"), ("de", "Hallo"), ("fr", "Hello")):
            answer = self.alice.get("/api/hello/", headers={"Accept-Language": language})
            assert answer.json() == {"message": f"{greeting} alice"}

    def test_somebody_elses_note_is_not_there(self) -> None:
        number = self.alice.send("POST", NOTES, {"text": "mine"}).json()["id"]
        bob = self.browser("bob")
        assert bob.get(NOTES).json() == []
        self.refused(bob.send("DELETE", f"{NOTES}{number}/"), 404, "not_found")
        assert len(self.alice.get(NOTES).json()) == 1

    def test_a_note_that_will_not_do_is_refused_by_field(self) -> None:
        for body in ({}, {"text": ""}, {"text": " \t"}, {"text": None}, {"text": "x" * 501}):
            answer = self.alice.send("POST", NOTES, body)
            self.refused(answer, 400, "invalid_body")
            (problem,) = answer.json()["fields"]["text"]
            assert problem["code"]
            assert problem["detail"]
        assert self.alice.get(NOTES).json() == []

    def test_only_json_is_read(self) -> None:
        headers = {"X-CSRFToken": self.alice.token}
        text = self.alice.post(NOTES, '{"text": "x"}', content_type="text/plain", headers=headers)
        self.refused(text, 415, "unsupported_media_type")
        broken = self.alice.post(NOTES, "{", content_type="application/json", headers=headers)
        self.refused(broken, 400)

    def test_another_method_is_refused(self) -> None:
        self.refused(self.alice.send("PATCH", NOTES, {}), 405, "method_not_allowed")

    def test_nobody_gets_anything_without_a_session(self) -> None:
        stranger = self.browser()
        for method, path in (("GET", NOTES), ("POST", NOTES), ("DELETE", f"{NOTES}1/")):
            answer = stranger.send(method, path, {"text": "x"})
            self.refused(answer, 401, "not_authenticated")
            assert answer["WWW-Authenticate"] == "Session"
        self.refused(stranger.get("/api/hello/"), 401, "not_authenticated")

    def test_a_change_needs_the_token_and_our_own_page(self) -> None:
        body = {"text": "x"}
        tokenless = self.alice.send("POST", NOTES, body, **{"X-CSRFToken": ""})
        self.refused(tokenless, 403, "csrf_failed")
        foreign = self.alice.send("POST", NOTES, body, Origin="https://other.test")
        self.refused(foreign, 403, "origin_refused")
        assert self.alice.get(NOTES).json() == []

    def test_a_token_does_what_it_may_and_no_more(self) -> None:
        self.alice.send("POST", NOTES, {"text": "mine"})
        asked = {"name": "A script", "abilities": ["notes:read"]}
        token = self.alice.send("POST", "/api/tokens/", asked).json()["token"]
        script = Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {token}"})
        assert [note["text"] for note in script.get(NOTES).json()] == ["mine"]
        writing = script.post(NOTES, {"text": "x"}, content_type="application/json")
        self.refused(writing, 403, "ability_missing")
        self.refused(script.get("/api/hello/"), 401, "not_authenticated")

    def refused(self, answer: Any, status: int, code: str | None = None) -> None:
        assert answer["Content-Type"] == "application/problem+json"
        problem = json.loads(answer.content)
        assert (answer.status_code, problem["status"]) == (status, status)
        assert problem["code"] == (code or problem["code"])
