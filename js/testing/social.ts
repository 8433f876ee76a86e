import { screen, waitFor, within } from "@testing-library/dom";
import type { UserEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Auth, Session } from "../src/auth.js";
import { Channel } from "./channels.js";
import {
  anonymous,
  held,
  json,
  offline,
  pending,
  problem,
  type Reply,
  signedIn,
  stubServer,
} from "./server.js";
import {
  comeTo,
  KEPT,
  keep,
  kept,
  PROVIDER,
  returnInPopup,
  STATE,
  stubTravel,
  TRIP,
  WAY,
} from "./travel.js";

export type SocialPart = "SocialButtons" | "SocialCallback" | "ConnectedAccounts" | "Button";

export interface SocialProps {
  next?: string;
  remember?: boolean;
  popup?: boolean;
  provider: string;
  signInPath: string;
  signUpPath?: string;
  accountPath?: string;
  onDone: (session: Session, path: string) => void;
  /** Of the button, which stands for whatever an app asks the server for. */
  onPress: (auth: Auth) => void;
}

/** Shows a component of one framework beside the dialog that asks for a proof. */
export type Open = (
  name: SocialPart,
  props: SocialProps,
) => { auth: Auth; user: UserEvent; leave: () => void };

type Routes = Record<string, Reply | Reply[]>;

const EXAMPLE = { id: "example", name: "Example", icon: "openid" };
const GITHUB = { id: "github", name: "GitHub", icon: "github" };
const BEGIN = "POST /api/social/example/begin/";
const CONNECT = "POST /api/social/example/connect/";
const FINISH = "POST /api/social/example/finish/";
const LIST = "GET /api/social/";
const END = "DELETE /api/social/connections/c1/";
const IN = signedIn();
const offers = (...providers: object[]) => json({ social: { providers } });
const connection = (id: string, more: object = {}) => ({
  id,
  provider: "example",
  name: "Example",
  address: "ada@example.com",
  createdAt: "2026-01-01T10:00:00Z",
  lastUsedAt: "2026-01-02T10:00:00Z",
  ...more,
});
const overview = (...connections: object[]) => json({ providers: [EXAMPLE, GITHUB], connections });
const stale = (...ways: string[]) => problem(403, "reauthentication_required", { ways });

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const buttons = () => screen.queryAllByRole("button").map(({ textContent }) => textContent);
/** Beside what is said to those who do not see it. */
const text = (words: string) => screen.findByText(words, { selector: "p" });
const said = () => screen.getByRole("status").textContent;

/** What every framework's components for providers promise. */
export function describeSocial(open: Open): void {
  let travel: ReturnType<typeof stubTravel>;
  beforeEach(() => {
    travel = stubTravel();
    comeTo("/account?tab=2");
  });
  afterEach(() => vi.useRealTimers());

  function start(name: SocialPart, routes: Routes = {}, props: Partial<SocialProps> = {}) {
    const server = stubServer({
      "GET /api/session/": anonymous(),
      "GET /api/config/": offers(EXAMPLE, GITHUB),
      [BEGIN]: WAY,
      [CONNECT]: WAY,
      [FINISH]: IN,
      [LIST]: overview(connection("c1")),
      ...routes,
    });
    const onDone = vi.fn();
    const defaults = { provider: "example", signInPath: "/sign-in", onPress: () => {} };
    const shown = open(name, { ...defaults, onDone, ...props });
    const sent = (key: string) => server.calls.filter((call) => call.key === key);
    return { ...shown, server, onDone, sent };
  }

  describe("SocialButtons", () => {
    const example = () => screen.findByRole("button", { name: "Continue with Example" });
    const alert = () => screen.findByRole("alert");

    test.each([
      ["offers none", offers()],
      ["has no such room", json({})],
      ["cannot be reached", offline],
    ])("shows nothing where the server %s", async (_, config) => {
      const { sent } = start("SocialButtons", { "GET /api/config/": config });
      await waitFor(() => expect(sent("GET /api/config/")).toHaveLength(1));
      expect(buttons()).toEqual([]);
      expect(screen.queryByText("or")).toBeNull();
    });

    test("shows each provider in the order of the server", async () => {
      start("SocialButtons");
      await example();
      expect(buttons()).toEqual(["Continue with Example", "Continue with GitHub"]);
      expect(screen.getByText("or")).toBeTruthy();
      const marks = [...document.querySelectorAll("button path")].map((p) => p.getAttribute("d"));
      expect(new Set(marks).size).toBe(2);
    });

    test("the page leaves for the provider, and the button says so until then", async () => {
      const late = held(WAY);
      const { user, sent } = start(
        "SocialButtons",
        { [BEGIN]: late.reply },
        { next: "/notes", remember: false },
      );
      await user.click(await example());
      const going = await screen.findByRole("button", { name: "Going to Example" });
      expect(going.getAttribute("aria-busy")).toBe("true");
      await user.click(button("Continue with GitHub"));
      late.release();
      await waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(1));
      expect(sent(BEGIN).map(({ body }) => body)).toEqual([{ remember: false }]);
      expect(kept()).toEqual({ ...TRIP, remember: false });
    });

    test("a page that comes back out of the cache can begin again", async () => {
      const { user } = start("SocialButtons");
      await user.click(await example());
      await waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(1));
      dispatchEvent(new Event("pageshow"));
      await user.click(await example());
      await waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(2));
    });

    test.each([
      ["a refusal", problem(404, "not_found", { detail: "Not here." }), "Not here."],
      ["an outage", offline, "cannot be reached"],
      ["a provider that is down", down(), "The provider is down."],
      [
        "an address that nobody should be sent to",
        json({ authorizationUrl: "javascript:alert(1)", state: STATE }),
        "makes no sense here",
      ],
    ])("%s is said, and has the focus", async (_, reply, words) => {
      const { user } = start("SocialButtons", { [BEGIN]: reply });
      await user.click(await example());
      const box = await alert();
      expect(box.textContent).toContain(words);
      expect(box.textContent).not.toContain("What you entered");
      await waitFor(() => expect(document.activeElement).toBe(box));
      expect(travel.assign).not.toHaveBeenCalled();
      expect(buttons()).toContain("Continue with Example");
    });

    test("too many tries are counted down, and nothing is sent meanwhile", async () => {
      const { user, sent } = start("SocialButtons", {
        [BEGIN]: problem(429, "rate_limited", { retryAfter: "90" }),
      });
      await user.click(await example());
      expect((await alert()).textContent).toContain("Try again in 1:30");
      await user.click(await example());
      expect(sent(BEGIN)).toHaveLength(1);
    });

    describe("with a popup", () => {
      async function away(routes: Routes = {}) {
        const started = start("SocialButtons", routes, { popup: true });
        await started.user.click(await example());
        await text("Go on in the window of Example.");
        return started;
      }

      test("the page stays, and has the session when the window comes back", async () => {
        const { auth } = await away();
        expect(travel.assign).not.toHaveBeenCalled();
        expect(said()).toBe("Go on in the window of Example.");
        returnInPopup();
        await waitFor(() => expect(auth.get().status).toBe("authenticated"));
        await waitFor(() => expect(said()).toBe("Signed in as Alice."));
        expect(screen.queryByText(/Go on/, { selector: "p" })).toBeNull();
      });

      test("what the window comes back with may be another step", async () => {
        const { auth } = await away({ [FINISH]: pending });
        returnInPopup();
        await waitFor(() => expect(auth.get().status).toBe("pending"));
      });

      test("a refusal is said here", async () => {
        await away({ [FINISH]: problem(400, "social.cancelled", { detail: "You said no." }) });
        returnInPopup({ error: "access_denied" });
        expect((await alert()).textContent).toContain("You said no.");
        expect(screen.queryByText(/Go on/, { selector: "p" })).toBeNull();
      });

      test("a window that is closed is noticed, and one can begin anew", async () => {
        const { user, sent, auth } = await away();
        travel.popup.closed = true;
        const words = "This is not finished. If the window of Example is closed, begin again.";
        await waitFor(() => expect(said()).toBe(words));
        travel.popup.closed = false;
        await user.click(await example());
        await text("Go on in the window of Example.");
        expect(travel.popup.close).toHaveBeenCalledTimes(1);
        expect(sent(BEGIN)).toHaveLength(2);
        expect(Channel.open.size).toBeGreaterThan(0);
        returnInPopup();
        await waitFor(() => expect(auth.get().status).toBe("authenticated"));
        expect(sent(FINISH)).toHaveLength(1);
      });

      test("where the browser opens none, the page leaves", async () => {
        travel.open.mockReturnValue(null);
        const { user } = start("SocialButtons", {}, { popup: true });
        await user.click(await example());
        await waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(1));
      });

      test("nobody waits for it on a page that was left", async () => {
        const { leave, sent } = await away();
        leave();
        await waitFor(() => expect(screen.queryByText("or")).toBeNull());
        expect(returnInPopup()).toEqual([]);
        expect(sent(FINISH)).toEqual([]);
      });
    });
  });

  describe("SocialCallback", () => {
    const CODE = `/auth/example/callback?code=c&state=${STATE}`;
    const links = () =>
      screen.queryAllByRole("link").map((link) => [link.textContent, link.getAttribute("href")]);

    async function failed(title: string) {
      const heading = await screen.findByRole("heading", { name: title });
      const alert = screen.getByRole("alert");
      await waitFor(() => expect(document.activeElement).toBe(alert));
      return { heading, alert };
    }

    test.each([CODE, `/auth/example/callback#code=c&state=${STATE}`])(
      "%s signs in what this tab has begun",
      async (path) => {
        comeTo(path);
        keep();
        const { onDone, sent, auth } = start("SocialCallback");
        expect(location.href).toBe(`${location.origin}/auth/example/callback`);
        expect(await text("Signing in")).toBeTruthy();
        await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
        expect(onDone.mock.calls[0]?.[0]).toMatchObject({ status: "authenticated" });
        expect(onDone.mock.calls[0]?.[1]).toBe("/notes");
        expect(auth.get().status).toBe("authenticated");
        expect(sent(FINISH).map(({ body }) => body)).toEqual([{ state: STATE, code: "c" }]);
        expect(said()).toBe("Signed in as Alice.");
        expect(kept()).toBeNull();
      },
    );

    test("where a step is left, it goes on where people sign in", async () => {
      comeTo(CODE);
      keep();
      const { onDone } = start("SocialCallback", { [FINISH]: pending });
      await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
      expect(onDone.mock.calls[0]?.[1]).toBe("/sign-in?next=%2Fnotes");
    });

    test("a connection is made with the token, and said", async () => {
      comeTo(CODE);
      keep({ connect: true, next: "/account" });
      const late = held(IN);
      const { onDone, sent } = start("SocialCallback", {
        "GET /api/session/": IN,
        [FINISH]: late.reply,
      });
      expect(await text("Connecting")).toBeTruthy();
      late.release();
      await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
      expect(onDone.mock.calls[0]?.[1]).toBe("/account");
      expect(sent(FINISH)[0]?.headers.get("X-CSRFToken")).toBe("second");
      expect(said()).toBe("Your account there is connected.");
    });

    test.each([
      ["begun elsewhere", CODE, {}],
      ["begun with another provider", CODE, { ...TRIP, provider: "github" }],
      ["without a state", "/auth/example/callback?code=c", TRIP],
      ["without anything", "/auth/example/callback", TRIP],
    ])("what is %s is not sent", async (_, path, trip) => {
      vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
      comeTo(path);
      if ("state" in trip) keep(trip);
      const { onDone, server } = start("SocialCallback");
      const { alert } = await failed("This was not begun here");
      expect(alert.textContent).toContain("Begin again.");
      expect(location.search).toBe("");
      expect(server.keys().filter((key) => key.startsWith("POST"))).toEqual([]);
      expect(onDone).not.toHaveBeenCalled();
      expect(links()).toEqual([["Sign in", "/sign-in"]]);
      expect(buttons()).toEqual([]);
    });

    test("what the person refused is said, and can be begun again", async () => {
      comeTo(`/auth/example/callback#error=access_denied&state=${STATE}`);
      keep({ remember: false });
      const { user, sent } = start("SocialCallback", {
        [FINISH]: problem(400, "social.cancelled", { detail: "Try again." }),
      });
      const { alert } = await failed("You did not go on there");
      expect(alert.textContent).toContain("Try again.");
      expect(sent(FINISH)[0]?.body).toEqual({ state: STATE, error: "access_denied" });
      await user.click(button("Try again"));
      await waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(1));
      expect(sent(BEGIN)[0]?.body).toEqual({ remember: false });
      expect(kept()).toEqual({ ...TRIP, remember: false });
    });

    const OTHERWISE = ["Sign in another way", "/sign-in?next=%2Fnotes"];
    test.each([
      ["social.state_mismatch", "This was not begun here", true, [OTHERWISE]],
      ["social.refused", "The answer was not accepted", true, [OTHERWISE]],
      [
        "social.email_unverified",
        "Your address is not confirmed there",
        false,
        [["Sign up", "/sign-up"], OTHERWISE],
      ],
      [
        "social.account_exists",
        "You have an account here already",
        false,
        [["Sign in", "/sign-in?next=%2Faccount"]],
      ],
      ["social.sign_up_closed", "New accounts cannot be made here", false, [OTHERWISE]],
      ["of_tomorrow", "That did not work", true, [OTHERWISE]],
    ])("%s says what can be done", async (code, title, again, ways) => {
      comeTo(CODE);
      keep();
      start(
        "SocialCallback",
        { [FINISH]: problem(400, code) },
        { signUpPath: "/sign-up", accountPath: "/account" },
      );
      const { alert } = await failed(title);
      expect(alert.textContent).toContain(`Refused: ${code}.`);
      expect(links()).toEqual(ways);
      expect(buttons()).toEqual(again ? ["Try again"] : []);
    });

    test.each([
      ["social.email_unverified", [OTHERWISE]],
      ["social.account_exists", [["Sign in", "/sign-in?next=%2Fnotes"]]],
    ])("%s leads only where the app has pages", async (code, ways) => {
      comeTo(CODE);
      keep();
      start("SocialCallback", { [FINISH]: problem(400, code) });
      await screen.findByRole("alert");
      expect(links()).toEqual(ways);
    });

    test.each([
      ["social.already_connected", "It is connected already", []],
      ["social.refused", "The answer was not accepted", ["Try again"]],
    ])("%s of a connection leads back", async (code, title, ways) => {
      comeTo(CODE);
      keep({ connect: true, next: "/account" });
      start("SocialCallback", { "GET /api/session/": IN, [FINISH]: problem(409, code) });
      await failed(title);
      expect(links()).toEqual([["Go back", "/account"]]);
      expect(buttons()).toEqual(ways);
    });

    test("a provider that is down is waited for", async () => {
      comeTo(CODE);
      keep();
      const { user, sent } = start("SocialCallback", { [FINISH]: down("90") });
      const { alert } = await failed("The provider cannot be reached");
      expect(alert.textContent).toContain("Try again in 1:30");
      await user.click(button("Try again"));
      expect(sent(BEGIN)).toEqual([]);
      expect(sent(FINISH)).toHaveLength(1);
      expect(screen.getByRole("heading").textContent).toBe("The provider cannot be reached");
    });

    test("without an answer the same is sent again", async () => {
      comeTo(CODE);
      keep();
      const late = held(IN);
      const { user, onDone, sent } = start("SocialCallback", { [FINISH]: [offline, late.reply] });
      const { alert } = await failed("That did not work");
      expect(alert.textContent).toContain("cannot be reached");
      await user.click(button("Try again"));
      await waitFor(() => expect(button("Try again").getAttribute("aria-busy")).toBe("true"));
      late.release();
      await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
      const [first, second] = sent(FINISH);
      expect(second?.body).toEqual(first?.body);
    });

    describe("in a popup", () => {
      test("gives what came back to the page that began, and closes", async () => {
        comeTo(CODE);
        keep({ popup: true });
        const opener = new Channel(KEPT);
        opener.onmessage = ({ data }) => {
          if (data === `state=${STATE}&code=c`) opener.postMessage(`taken:${STATE}`);
        };
        const { sent } = start("SocialCallback");
        expect(await text("You can close this window.")).toBeTruthy();
        expect(travel.close).toHaveBeenCalledTimes(1);
        expect(sent(FINISH)).toEqual([]);
        expect(location.search).toBe("");
      });

      test("finishes by itself where that page is gone", async () => {
        vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
        comeTo(CODE);
        keep({ popup: true });
        const { onDone } = start("SocialCallback");
        await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
        expect(travel.close).not.toHaveBeenCalled();
      });
    });
  });

  describe("ConnectedAccounts", () => {
    const SIGNED_IN = { "GET /api/session/": IN };
    const heading = () => screen.findByRole("heading", { name: "Connected accounts" });
    const items = () => screen.queryAllByRole("listitem").map(({ textContent }) => textContent);
    const ready = () => waitFor(() => expect(document.querySelector(".spa-spinner")).toBeNull());

    test("shows nothing while nobody is signed in", async () => {
      const { auth } = start("ConnectedAccounts");
      await auth.load();
      expect(screen.queryByRole("heading")).toBeNull();
    });

    test("lists what is connected, and offers what is not", async () => {
      start("ConnectedAccounts", SIGNED_IN);
      await heading();
      await ready();
      const [item = ""] = items();
      expect(item).toContain("Example");
      expect(item).toContain("ada@example.com");
      expect(item).toContain("Connected Jan 1, 2026");
      expect(item).toContain("Last used Jan 2, 2026");
      expect(button("Disconnect Example")).toBeTruthy();
      expect(buttons()).toEqual(["Disconnect", "Connect GitHub"]);
    });

    test("says where none is connected, and connects one", async () => {
      const { user, sent } = start("ConnectedAccounts", { ...SIGNED_IN, [LIST]: overview() });
      await heading();
      expect(await screen.findByText(/None is connected/)).toBeTruthy();
      await user.click(button("Connect Example"));
      await waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(1));
      expect(travel.assign.mock.calls[0]?.[0]).toContain(PROVIDER);
      expect(sent(CONNECT)[0]?.body).toEqual({});
      expect(kept()).toEqual({ ...TRIP, connect: true, next: "/account?tab=2" });
    });

    test("comes back where the app says", async () => {
      const routes = { ...SIGNED_IN, [LIST]: overview() };
      const { user } = start("ConnectedAccounts", routes, { next: "/me" });
      await user.click(await screen.findByRole("button", { name: "Connect Example" }));
      await waitFor(() => expect(kept()).toMatchObject({ next: "/me" }));
    });

    test("tells several of one provider apart, and knows one that is offered no more", async () => {
      const gone = connection("c3", { provider: "old", name: "Old", address: "" });
      const other = connection("c2", { address: "" });
      start("ConnectedAccounts", { ...SIGNED_IN, [LIST]: overview(connection("c1"), other, gone) });
      await heading();
      await ready();
      const names = screen
        .getAllByRole("button", { name: /Disconnect/ })
        .map((each) => each.getAttribute("aria-label"));
      expect(names).toEqual([
        "Disconnect Example (ada@example.com)",
        "Disconnect Example",
        "Disconnect Old",
      ]);
    });

    test("a list that cannot be read can be asked for again", async () => {
      const routes = { ...SIGNED_IN, [LIST]: [offline, overview()] };
      const { user } = start("ConnectedAccounts", routes);
      await user.click(await screen.findByRole("button", { name: "Try again" }));
      expect(await screen.findByText(/None is connected/)).toBeTruthy();
    });

    test("one is disconnected after a question, and the focus stays nearby", async () => {
      const late = held(json({ connections: [] }));
      const { user, sent } = start("ConnectedAccounts", { ...SIGNED_IN, [END]: late.reply });
      await heading();
      await user.click(await screen.findByRole("button", { name: "Disconnect Example" }));
      const dialog = screen.getByRole("alertdialog", { name: "Disconnect Example?" });
      expect(dialog.textContent).toContain("You can no longer sign in here");
      expect(document.activeElement?.textContent).toBe("Keep it");
      await user.click(within(dialog).getByRole("button", { name: "Disconnect" }));
      expect(screen.queryByRole("alertdialog")).toBeNull();
      const busy = button("Disconnect Example");
      expect(busy.textContent).toBe("Disconnecting");
      // Not twice.
      await user.click(busy);
      expect(screen.queryByRole("alertdialog")).toBeNull();
      late.release();
      await waitFor(async () => expect(document.activeElement).toBe(await heading()));
      expect(said()).toBe("Example is disconnected.");
      expect(items()).toEqual([]);
      expect(sent(END)).toHaveLength(1);
    });

    test("one is kept, and nothing is sent", async () => {
      const { user, server } = start("ConnectedAccounts", SIGNED_IN);
      await heading();
      await user.click(await screen.findByRole("button", { name: "Disconnect Example" }));
      await user.click(button("Keep it"));
      expect(screen.queryByRole("alertdialog")).toBeNull();
      expect(server.keys().filter((key) => key.startsWith("DELETE"))).toEqual([]);
    });

    test("the last way in stays, and it is said why", async () => {
      const last = problem(409, "social.last_way", { detail: "Set a password first." });
      const { user } = start("ConnectedAccounts", { ...SIGNED_IN, [END]: last });
      await heading();
      await user.click(await screen.findByRole("button", { name: "Disconnect Example" }));
      await user.click(
        within(screen.getByRole("alertdialog")).getByRole("button", { name: "Disconnect" }),
      );
      await waitFor(() => expect(said()).toBe("Set a password first."));
      expect(screen.getAllByText("Set a password first.")).toHaveLength(2);
      expect(items()).toHaveLength(1);
    });
  });

  describe("a fresh proof", () => {
    const NOTES = "POST /api/notes/";

    /** A page whose button asks for something that wants a proof. */
    async function ask(routes: Routes = {}, ...ways: string[]) {
      const outcome = vi.fn();
      const onPress = (auth: Auth) =>
        void auth.fetch("/api/notes/", { method: "POST" }).then(({ status }) => outcome(status));
      const started = start(
        "Button",
        {
          "GET /api/session/": IN,
          [NOTES]: [stale("social", ...ways), json({}, 201)],
          ...routes,
        },
        { onPress },
      );
      await started.auth.load();
      await started.user.click(button("Press"));
      await screen.findByRole("dialog");
      return { ...started, outcome };
    }

    test("is given by signing in again in a window, and what was begun goes on", async () => {
      const { user, outcome, sent } = await ask({}, "password");
      expect(screen.getByLabelText("Password")).toBeTruthy();
      await user.click(await screen.findByRole("button", { name: "Confirm with Example" }));
      expect(screen.queryByRole("button", { name: "Confirm with GitHub" })).toBeNull();
      await text("Go on in the window of Example.");
      expect(outcome).not.toHaveBeenCalled();
      returnInPopup();
      await waitFor(() => expect(outcome).toHaveBeenCalledExactlyOnceWith(201));
      await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
      expect(travel.assign).not.toHaveBeenCalled();
      expect(sent(NOTES)).toHaveLength(2);
    });

    test("that is refused keeps the dialog, and what was begun", async () => {
      const { user, outcome } = await ask({
        [FINISH]: problem(400, "social.cancelled", { detail: "You said no." }),
      });
      await user.click(await screen.findByRole("button", { name: "Confirm with Example" }));
      await text("Go on in the window of Example.");
      returnInPopup({ error: "access_denied" });
      expect((await screen.findByRole("alert")).textContent).toContain("You said no.");
      expect(outcome).not.toHaveBeenCalled();
    });

    test("never takes the page away: a window that does not open is said", async () => {
      travel.open.mockReturnValue(null);
      const { user, sent } = await ask();
      await user.click(await screen.findByRole("button", { name: "Confirm with Example" }));
      const alert = await screen.findByRole("alert");
      expect(alert.textContent).toContain("did not open a window");
      expect(sent(BEGIN)).toEqual([]);
      expect(travel.assign).not.toHaveBeenCalled();
    });

    test("asks again for the list that did not come", async () => {
      const { user } = await ask({ [LIST]: [offline, overview(connection("c1"))] });
      await user.click(await screen.findByRole("button", { name: "Try again" }));
      expect(await screen.findByRole("button", { name: "Confirm with Example" })).toBeTruthy();
    });
  });
}

function down(retryAfter = ""): Reply {
  const detail = "The provider is down.";
  return problem(503, "social.provider_unavailable", { detail, retryAfter });
}
