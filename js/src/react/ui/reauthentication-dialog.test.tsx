import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../../../testing/react.js";
import {
  anonymous,
  held,
  json,
  offline,
  problem,
  type Reply,
  signedIn,
  stubServer,
} from "../../../testing/server.js";
import { ReauthenticationDialog } from "./reauthentication-dialog.js";

const POST = { method: "POST", body: '{"text":"x"}' };
const PROVE = "POST /api/reauthenticate/";
const stale = (...ways: string[]) => problem(403, "reauthentication_required", { ways });

afterEach(() => vi.useRealTimers());

/** A page whose button asks for something that wants a fresh proof, and says what became of it. */
async function open(routes: Record<string, Reply | Reply[]> = {}, ...ways: string[]) {
  const server = stubServer({
    "GET /api/session/": signedIn(),
    "POST /api/notes/": [stale(...ways), json({}, 201)],
    [PROVE]: signedIn({}, "rotated"),
    ...routes,
  });
  const outcome = vi.fn();
  const add = () => void auth.fetch("/api/notes/", POST).then(({ status }) => outcome(status));
  const { auth, user } = show(
    <>
      <button type="button" onClick={add}>
        Add
      </button>
      <ReauthenticationDialog />
    </>,
  );
  await act(() => auth.load());
  await user.click(screen.getByRole("button", { name: "Add" }));
  const dialog = await screen.findByRole<HTMLDialogElement>("dialog");
  return { auth, user, server, outcome, dialog };
}

const sent = ({ keys }: ReturnType<typeof stubServer>, key = "POST /api/notes/") =>
  keys().filter((each) => each === key).length;
const field = () => screen.getByLabelText<HTMLInputElement>("Password");
const press = (name: string) => screen.getByRole("button", { name });
const gone = () => waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

test("nothing is shown while nothing wants a proof", async () => {
  stubServer({ "GET /api/session/": signedIn() });
  const { auth } = show(<ReauthenticationDialog />);
  await act(() => auth.load());
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the password is asked for over the page, and what was begun goes on", async () => {
  const { user, server, outcome, dialog } = await open({}, "password");
  expect(dialog.open).toBe(true);
  expect(screen.getByRole("dialog", { name: "Confirm that it is you" })).toBe(dialog);
  expect(document.activeElement).toBe(field());
  expect(field().autocomplete).toBe("current-password");
  expect(dialog.querySelector("input")).toMatchObject({
    autocomplete: "username",
    value: "alice@example.com",
  });
  await user.type(field(), "correct{Enter}");
  await waitFor(() => expect(outcome).toHaveBeenCalledExactlyOnceWith(201));
  await gone();
  expect(document.activeElement).toBe(press("Add"));
  expect(sent(server)).toBe(2);
  expect(server.calls.find(({ key }) => key === PROVE)?.body).toEqual({ password: "correct" });
});

test("the code of a mail is asked for over the page, and what was begun goes on", async () => {
  const { user, server, outcome } = await open(
    {
      "POST /api/reauthenticate/email/": json({ detail: "A mail is coming." }),
      "POST /api/reauthenticate/email/finish/": signedIn({}, "rotated"),
    },
    "email",
  );
  await user.click(press("Send me a mail"));
  const code = await screen.findByLabelText("Code from the mail");
  await user.type(code, "314159{Enter}");
  await waitFor(() => expect(outcome).toHaveBeenCalledExactlyOnceWith(201));
  await gone();
  expect(sent(server)).toBe(2);
  const finish = "POST /api/reauthenticate/email/finish/";
  expect(server.calls.find(({ key }) => key === finish)?.body).toEqual({ code: "314159" });
});

test("a wrong password keeps the dialog open and says why", async () => {
  const { user, server, outcome, dialog } = await open(
    { [PROVE]: problem(400, "invalid_credentials", { detail: "That is not it." }) },
    "password",
  );
  await user.type(field(), "wrong{Enter}");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("That is not it.");
  expect(document.activeElement).toBe(alert);
  expect(field().value).toBe("wrong");
  expect(dialog.open).toBe(true);
  expect(sent(server)).toBe(1);
  expect(outcome).not.toHaveBeenCalled();
});

test("without a server the dialog stays, and says so", async () => {
  const { user, dialog } = await open({ [PROVE]: offline }, "password");
  await user.type(field(), "correct{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("cannot be reached");
  expect(dialog.open).toBe(true);
});

test("too many tries are counted down, and read out inside the dialog", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ["setInterval", "clearInterval", "Date"] });
  const { user, server, dialog } = await open(
    { [PROVE]: problem(429, "rate_limited", { retryAfter: "2" }) },
    "password",
  );
  await user.type(field(), "wrong{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("Try again in 0:02");
  await user.type(field(), "{Enter}");
  expect(sent(server, PROVE)).toBe(1);
  await act(() => vi.advanceTimersByTimeAsync(2000));
  const live = screen.getByRole("status");
  expect(live.textContent).toBe("You can try again now.");
  expect(dialog.contains(live)).toBe(true);
});

test("an empty password is named before anything is sent", async () => {
  const { user, server } = await open({}, "password");
  await user.click(press("Confirm"));
  expect(screen.getByRole("alert").textContent).toContain("Enter your password.");
  expect(sent(server, PROVE)).toBe(0);
});

test("while the proof is on its way the button says so", async () => {
  const late = held(signedIn());
  const { user } = await open({ [PROVE]: late.reply }, "password");
  await user.type(field(), "correct{Enter}");
  expect(press("Confirming").getAttribute("aria-busy")).toBe("true");
  late.release();
  await gone();
});

test.each([
  ["Cancel", () => press("Cancel").click()],
  // What a browser does for Esc.
  ["Esc", (dialog: HTMLDialogElement) => dialog.close()],
])("%s refuses what was begun and gives the focus back", async (_, dismiss) => {
  const { server, outcome, dialog } = await open({}, "password");
  act(() => dismiss(dialog));
  await waitFor(() => expect(outcome).toHaveBeenCalledExactlyOnceWith(403));
  await gone();
  expect(document.activeElement).toBe(press("Add"));
  expect(sent(server)).toBe(1);
  expect(screen.queryByRole("status")).not.toBeNull();
});

test("a way that is not known is not offered", async () => {
  await open({}, "telepathy", "password");
  expect(field()).not.toBeNull();
});

test("an account without a way that is known can only cancel", async () => {
  const { user, outcome, dialog } = await open({}, "telepathy");
  expect(dialog.textContent).toContain("This account has no way to do that here.");
  expect(document.activeElement).toBe(press("Cancel"));
  await user.click(press("Cancel"));
  await waitFor(() => expect(outcome).toHaveBeenCalledExactlyOnceWith(403));
});

test("signing out closes the dialog", async () => {
  const { auth, outcome } = await open({ "POST /api/logout/": anonymous() }, "password");
  await act(() => auth.logout());
  await gone();
  await waitFor(() => expect(outcome).toHaveBeenCalledExactlyOnceWith(403));
});
