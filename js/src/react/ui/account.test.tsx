import { act, screen, waitFor, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { stubFiles } from "../../../testing/files.js";
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
import { DeleteAccountForm } from "./delete-account-form.js";
import { ExportAccount } from "./export-account.js";
import { ReauthenticationDialog } from "./reauthentication-dialog.js";
import { RestoreAccount } from "./restore-account.js";

const DELETE = "POST /api/account/delete/";
const EXPORT = "POST /api/account/export/";
const RESTORE = "POST /api/account/restore/";
const COPY = { exportedAt: "2026-01-02T10:00:00Z", schema: "1", sections: { links: [] } };
const config = (deleteAfterDays: number) => json({ account: { deleteAfterDays } });

afterEach(() => vi.useRealTimers());

const press = (name: string) => screen.getByRole("button", { name });
const points = () => screen.getAllByRole("listitem").map(({ textContent }) => textContent);
const alert = async (words: string) =>
  expect((await screen.findByText(words, { selector: "p" })).parentElement?.className).toBe(
    "spa-alert",
  );

async function open(node: ReactNode, routes: Record<string, Reply | Reply[]> = {}) {
  const server = stubServer({
    "GET /api/session/": signedIn(),
    "GET /api/config/": config(0),
    ...routes,
  });
  const { auth, user } = show(node);
  await act(() => auth.load());
  return { auth, user, server };
}

/** The question whether the account is to be deleted, once it is asked. */
async function ask(routes: Record<string, Reply | Reply[]> = {}) {
  const done = vi.fn();
  const node = (
    <>
      <DeleteAccountForm onDone={done} />
      <ReauthenticationDialog />
    </>
  );
  const opened = await open(node, routes);
  await opened.user.click(await screen.findByRole("button", { name: "Delete my account" }));
  return { ...opened, done, dialog: screen.getByRole<HTMLDialogElement>("alertdialog") };
}

test("what comes of it is said before, and once more when it is asked", async () => {
  const { dialog } = await ask();
  expect(dialog.open).toBe(true);
  expect(screen.getByRole("alertdialog", { name: "Delete your account?" })).toBe(dialog);
  const words = [
    "Every device of yours is signed out at once.",
    "Your account is deleted, and what belongs to it here.",
    "Nobody can bring it back.",
  ];
  expect(points()).toEqual([...words, ...words]);
  expect(document.activeElement).toBe(press("Keep my account"));
});

test.each([
  ["Keep my account", () => press("Keep my account").click()],
  // What a browser does for Esc.
  ["Esc", (dialog: HTMLDialogElement) => dialog.close()],
])("%s sends nothing and gives the focus back", async (_, dismiss) => {
  const { server, done, dialog } = await ask();
  act(() => dismiss(dialog));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(document.activeElement).toBe(press("Delete my account"));
  expect(server.keys()).not.toContain(DELETE);
  expect(done).not.toHaveBeenCalled();
});

test("the account is deleted, which is announced, and the form is gone", async () => {
  const { auth, user, done } = await ask({ [DELETE]: anonymous() });
  await user.click(press("Delete for ever"));
  await waitFor(() => expect(done).toHaveBeenCalledExactlyOnceWith());
  expect(auth.get().status).toBe("anonymous");
  expect(screen.getByRole("status").textContent).toBe("Your account is deleted.");
  expect(screen.queryByRole("button")).toBeNull();
});

test("nothing need be told when it is deleted", async () => {
  const { auth, user } = await open(<DeleteAccountForm />, { [DELETE]: anonymous() });
  await user.click(await screen.findByRole("button", { name: "Delete my account" }));
  await user.click(press("Delete for ever"));
  await waitFor(() => expect(auth.get().status).toBe("anonymous"));
});

test.each([
  [30, "alice@example.com", "For 30 days you can come back, by the link in a mail to alice@"],
  [1, "alice@example.com", "For 1 day you can come back, by the link in a mail to alice@"],
  [30, null, "You cannot come back by yourself: there is no address for a mail."],
])("with %i days to come back, to %s, that is said", async (days, email, words) => {
  const { user, done, dialog } = await ask({
    "GET /api/session/": signedIn({ email }),
    "GET /api/config/": config(days),
    [DELETE]: anonymous(),
  });
  expect(points()[2]).toContain(words);
  expect(points()[3]).toMatch(`After ${days} day`);
  await user.click(within(dialog).getByRole("button", { name: "Delete my account" }));
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(screen.getByRole("status").textContent).toContain("your account is closed");
});

test("an account that cannot be deleted says why, and can be kept", async () => {
  const detail = "Your account cannot be deleted: ask us.";
  const { auth, user, done } = await ask({
    [DELETE]: problem(409, "account.delete_refused", { detail }),
  });
  await user.click(press("Delete for ever"));
  await alert(detail);
  expect(screen.getByRole("status").textContent).toBe(detail);
  expect(document.activeElement).toBe(press("Delete my account"));
  expect(auth.get().status).toBe("authenticated");
  expect(done).not.toHaveBeenCalled();
});

test("while it is deleted the button says so, and asks nothing", async () => {
  const late = held(anonymous());
  const { user, server, done } = await ask({ [DELETE]: late.reply });
  await user.click(press("Delete for ever"));
  await user.click(press("Deleting"));
  expect(press("Deleting").getAttribute("aria-busy")).toBe("true");
  expect(screen.queryByRole("alertdialog")).toBeNull();
  late.release();
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(server.keys().filter((key) => key === DELETE)).toHaveLength(1);
});

test("a proof that is old is asked for in between", async () => {
  const { user, done } = await ask({
    [DELETE]: [
      problem(403, "reauthentication_required", { ways: ["password"] }),
      anonymous("third"),
    ],
    "POST /api/reauthenticate/": signedIn({}, "third"),
  });
  await user.click(press("Delete for ever"));
  await user.type(await screen.findByLabelText("Password"), "correct{Enter}");
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
});

test("an account is kept where no proof comes", async () => {
  const detail = "Confirm that it is you.";
  const { user, server, done } = await ask({
    [DELETE]: problem(403, "reauthentication_required", { ways: ["password"], detail }),
  });
  await user.click(press("Delete for ever"));
  await user.click(await screen.findByRole("button", { name: "Cancel" }));
  await alert(detail);
  expect(document.activeElement).toBe(press("Delete my account"));
  expect(server.keys().filter((key) => key === DELETE)).toHaveLength(1);
  expect(done).not.toHaveBeenCalled();
});

test("nobody is asked before it is known what comes of it", async () => {
  const late = held(config(0));
  const { user } = await open(<DeleteAccountForm />, {
    "GET /api/config/": [offline, late.reply],
  });
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Loading")).toBeTruthy();
  late.release();
  expect(await screen.findByRole("button", { name: "Delete my account" })).toBeTruthy();
});

test("nothing is offered, and nothing asked, while nobody is signed in", async () => {
  const node = (
    <>
      <DeleteAccountForm />
      <ExportAccount />
    </>
  );
  const { server } = await open(node, { "GET /api/session/": anonymous() });
  expect(screen.queryByRole("button")).toBeNull();
  expect(server.keys()).toEqual(["GET /api/session/"]);
});

test("a copy is saved as a file, and its object URL is given back", async () => {
  const { saved, left } = stubFiles();
  const { user } = await open(<ExportAccount />, { [EXPORT]: json(COPY) });
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await user.click(press("Download a copy of your data"));
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(saved[0]).toMatchObject({ name: "account-2026-01-02.json", type: "application/json" });
  expect(JSON.parse((await saved[0]?.text()) ?? "")).toEqual(COPY);
  expect(left()).toBe(1);
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(left()).toBe(0);
  expect(screen.getAllByText("Your copy is downloaded.")).toHaveLength(2);
});

test("while a copy is made the button says so, and is asked once", async () => {
  const { saved } = stubFiles();
  const late = held(json(COPY));
  const { user, server } = await open(<ExportAccount />, { [EXPORT]: late.reply });
  await user.click(press("Download a copy of your data"));
  await user.click(press("Preparing"));
  expect(press("Preparing").getAttribute("aria-busy")).toBe("true");
  late.release();
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(server.keys().filter((key) => key === EXPORT)).toHaveLength(1);
});

test.each([
  ["refused", problem(429, "rate_limited", { detail: "Too many." }), "Too many."],
  ["lost", offline, "The server cannot be reached. Check your connection and try again."],
])("a copy that is %s is not saved, and says why", async (_, reply, words) => {
  const { saved } = stubFiles();
  const { user } = await open(<ExportAccount />, { [EXPORT]: [reply, json(COPY)] });
  await user.click(press("Download a copy of your data"));
  await alert(words);
  expect(screen.getByRole("status").textContent).toBe(words);
  expect(saved).toHaveLength(0);
  await user.click(press("Download a copy of your data"));
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(screen.queryByText(words)).toBeNull();
});

test("an account is brought back by a press, not by the page", async () => {
  const done = vi.fn();
  const { auth, user, server } = await open(<RestoreAccount token="abc" onDone={done} />, {
    "GET /api/session/": anonymous(),
    [RESTORE]: json({ detail: "Back." }),
  });
  expect(server.keys()).toEqual(["GET /api/session/"]);
  await user.click(press("Bring my account back"));
  await waitFor(() => expect(done).toHaveBeenCalledExactlyOnceWith());
  const [notice] = await screen.findAllByText("Your account is back. Sign in as usual.");
  expect(document.activeElement).toBe(notice?.parentElement);
  expect(screen.queryByRole("button")).toBeNull();
  expect(server.calls.at(-1)?.body).toEqual({ token: "abc" });
  expect(auth.get().status).toBe("anonymous");
});

test("a link that brings nothing back says so, and nobody need hear of one that does", async () => {
  const detail = "This link is no longer valid.";
  const { user } = await open(<RestoreAccount token="abc" />, {
    [RESTORE]: [problem(400, "link_expired", { detail }), json({ detail: "Back." })],
  });
  await user.click(press("Bring my account back"));
  await alert(detail);
  await user.click(press("Bring my account back"));
  expect(await screen.findAllByText("Your account is back. Sign in as usual.")).toHaveLength(2);
});
