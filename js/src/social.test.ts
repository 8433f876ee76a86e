import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Channel } from "../testing/channels.js";
import { anonymous, json, offline, problem, signedIn, stubServer } from "../testing/server.js";
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
} from "../testing/travel.js";
import { createAuth } from "./client.js";
import { Outage } from "./outage.js";
import {
  handOver,
  openSocialPopup,
  startSocial,
  takeSocialReturn,
  takeSocialTrip,
} from "./social.js";

const BEGIN = "POST /api/social/example/begin/";
const CONNECT = "POST /api/social/example/connect/";
const FINISH = "POST /api/social/example/finish/";

let travel: ReturnType<typeof stubTravel>;

beforeEach(() => {
  travel = stubTravel();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

function start(routes: Parameters<typeof stubServer>[0] = {}) {
  const server = stubServer({ "GET /api/session/": anonymous(), [BEGIN]: WAY, ...routes });
  return { server, auth: createAuth({ baseUrl: "/api/" }) };
}

describe("going away", () => {
  test("the page leaves for the provider, and the tab keeps what it has begun", async () => {
    const { server, auth } = start();
    void startSocial(auth, "example", { next: "/notes?page=2" });
    await vi.waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(1));
    expect(travel.assign).toHaveBeenCalledWith(`${PROVIDER}?state=${STATE}`);
    expect(kept()).toEqual({ ...TRIP, next: "/notes?page=2" });
    expect(server.calls[0]?.body).toEqual({ remember: true });
    expect(server.calls[0]?.headers.has("X-CSRFToken")).toBe(false);
  });

  test("a connection needs the token, and is remembered as one", async () => {
    const { server, auth } = start({ "GET /api/session/": signedIn(), [CONNECT]: WAY });
    void startSocial(auth, "example", { connect: true });
    await vi.waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(1));
    expect(kept()).toMatchObject({ connect: true, next: "/" });
    expect(server.calls.at(-1)?.headers.get("X-CSRFToken")).toBe("second");
  });

  test.each(["https://evil.example/", "//evil.example/", "/\\evil.example", "notes"])(
    "%s is no path to come back to",
    async (next) => {
      const { auth } = start();
      void startSocial(auth, "example", { next, remember: false });
      await vi.waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(1));
      expect(kept()).toMatchObject({ next: "/", remember: false });
    },
  );

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "http://provider.example/",
    "http://localhost.example/",
    "/authorize",
    "",
  ])("nobody is sent to %s", async (authorizationUrl) => {
    const { auth } = start({ [BEGIN]: json({ authorizationUrl, state: STATE }) });
    const popup = openSocialPopup();
    await expect(startSocial(auth, "example", { popup })).rejects.toThrow(Outage);
    await expect(startSocial(auth, "example")).rejects.toThrow(Outage);
    expect(travel.assign).not.toHaveBeenCalled();
    expect(travel.popup.location.replace).not.toHaveBeenCalled();
    expect(travel.popup.close).toHaveBeenCalledTimes(1);
    expect(kept()).toBeNull();
  });

  test.each(["http://localhost:9000/x", "http://idp.example.localhost/x", "http://127.0.0.1/x"])(
    "%s is on this machine, so it needs no encryption",
    async (authorizationUrl) => {
      const { auth } = start({ [BEGIN]: json({ authorizationUrl, state: STATE }) });
      void startSocial(auth, "example");
      await vi.waitFor(() => expect(travel.assign).toHaveBeenCalledWith(authorizationUrl));
    },
  );

  test("a refusal is the answer, and the popup is closed", async () => {
    const { auth } = start({ [BEGIN]: problem(404, "not_found") });
    const { error } = await startSocial(auth, "example", { popup: openSocialPopup() });
    expect(error?.code).toBe("not_found");
    expect((await startSocial(auth, "example")).error?.code).toBe("not_found");
    expect(travel.popup.close).toHaveBeenCalledTimes(1);
  });

  test("a provider that is down is a refusal too, with the wait", async () => {
    const down = problem(503, "social.provider_unavailable", { retryAfter: "60" });
    const { auth } = start({ [BEGIN]: down });
    const { error } = await startSocial(auth, "example");
    expect(error).toMatchObject({ code: "social.provider_unavailable", retryAfter: 60 });
  });

  test("a page that comes back out of the cache goes on", async () => {
    const { auth } = start();
    const left = startSocial(auth, "example");
    await vi.waitFor(() => expect(travel.assign).toHaveBeenCalledTimes(1));
    dispatchEvent(new Event("pageshow"));
    expect(await left).toEqual({ data: undefined, error: undefined });
  });

  test("a page that was told to stay goes on as well", async () => {
    const { auth } = start();
    const left = startSocial(auth, "example");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await left).toEqual({ data: undefined, error: undefined });
  });
});

describe("a popup", () => {
  async function away(routes: Parameters<typeof stubServer>[0] = {}, signal?: AbortSignal) {
    const started = start({ [FINISH]: signedIn(), ...routes });
    const onPopup = vi.fn();
    const popup = openSocialPopup();
    const answer = startSocial(started.auth, "example", { popup, onPopup, signal });
    await vi.waitFor(() => expect(onPopup).toHaveBeenCalledWith("open"));
    return { ...started, onPopup, answer };
  }

  test("goes to the provider with a memory of its own, and the page stays", async () => {
    await away();
    expect(travel.popup.location.replace).toHaveBeenCalledWith(`${PROVIDER}?state=${STATE}`);
    expect(JSON.parse(travel.popup.sessionStorage.get(KEPT) ?? "")).toMatchObject({
      state: STATE,
      popup: true,
    });
    expect(kept()).toBeNull();
    expect(travel.assign).not.toHaveBeenCalled();
  });

  test("what it comes back with is finished by the page that began", async () => {
    const { auth, server, answer } = await away();
    expect(returnInPopup()).toEqual([`taken:${STATE}`]);
    expect((await answer).data?.status).toBe("authenticated");
    expect(auth.get().status).toBe("authenticated");
    expect(server.calls.at(-1)?.body).toEqual({ state: STATE, code: "c" });
    expect(Channel.open.size).toBe(0);
  });

  test("what is from elsewhere is not taken", async () => {
    const { server } = await away();
    expect(returnInPopup({ state: "other" })).toEqual([]);
    const channel = new Channel(KEPT);
    for (const data of [null, 1, { state: STATE }, "state=", `state=${STATE}`]) {
      channel.postMessage(data);
    }
    expect(server.keys()).toEqual([BEGIN]);
  });

  test.each([
    ["closed", () => (travel.popup.closed = true)],
    ["left", () => dispatchEvent(new Event("focus"))],
  ])("that is %s is said once, and can still come back", async (_, act) => {
    const { onPopup, answer } = await away();
    act();
    await vi.advanceTimersByTimeAsync(2000);
    dispatchEvent(new Event("focus"));
    expect(onPopup.mock.calls).toEqual([["open"], ["gone"]]);
    returnInPopup();
    expect((await answer).data?.status).toBe("authenticated");
  });

  test("can be given up", async () => {
    const controller = new AbortController();
    const { answer, server } = await away({}, controller.signal);
    controller.abort();
    expect(await answer).toEqual({ data: undefined, error: undefined });
    expect(travel.popup.close).toHaveBeenCalledTimes(1);
    expect(returnInPopup()).toEqual([]);
    expect(server.keys()).toEqual([BEGIN]);
  });

  test("that was closed at once goes nowhere", async () => {
    const { auth } = start();
    const popup = openSocialPopup();
    travel.popup.closed = true;
    const answer = await startSocial(auth, "example", { popup });
    expect(answer).toEqual({ data: undefined, error: undefined });
    expect(travel.popup.location.replace).not.toHaveBeenCalled();
  });

  test("is closed when the server cannot be reached", async () => {
    const { auth } = start({ [BEGIN]: offline });
    const popup = openSocialPopup();
    await expect(startSocial(auth, "example", { popup })).rejects.toThrow(Outage);
    expect(travel.popup.close).toHaveBeenCalledTimes(1);
  });

  test("is not opened where nobody would hear of it", async () => {
    vi.stubGlobal("BroadcastChannel", undefined);
    expect(openSocialPopup()).toBeNull();
    expect(await handOver({ state: STATE, code: "c" })).toBe(false);
  });
});

describe("coming back", () => {
  test.each([
    ["?code=c&state=s&scope=x", { state: "s", code: "c" }],
    [
      "#code=c&state=s&iss=https%3A%2F%2Fa.example",
      { state: "s", code: "c", iss: "https://a.example" },
    ],
    ["?error=access_denied&state=s", { state: "s", error: "access_denied" }],
    [
      "?error=a&error_description=b&state=s&iss=i",
      { state: "s", error: "a", errorDescription: "b", iss: "i" },
    ],
    ["?state=s", undefined],
    ["?code=c", undefined],
    ["", undefined],
  ])("%s is taken out of the address bar, and understood", (sent, expected) => {
    const state = { of: "the router" };
    history.replaceState(state, "", `/auth/example/callback${sent}`);
    expect(takeSocialReturn(location)).toEqual(expected);
    expect(location.href).toBe(`${location.origin}/auth/example/callback`);
    expect(history.state).toEqual(state);
  });

  test("a description that is too long for the server is cut", () => {
    comeTo(`/x?state=s&error=a&error_description=${"b".repeat(2000)}`);
    expect(takeSocialReturn(location)).toMatchObject({ errorDescription: "b".repeat(1000) });
  });

  test("what was begun here is there once", () => {
    keep();
    expect(takeSocialTrip(STATE, "example")).toEqual(TRIP);
    expect(takeSocialTrip(STATE, "example")).toBeUndefined();
  });

  test("a state of elsewhere leaves what was begun here", () => {
    keep();
    expect(takeSocialTrip("other", "example")).toBeUndefined();
    expect(takeSocialTrip(STATE, "example")).toEqual(TRIP);
  });

  test("a state of another provider ends it", () => {
    keep();
    expect(takeSocialTrip(STATE, "other")).toBeUndefined();
    expect(kept()).toBeNull();
  });

  test("what others have written there leads nowhere else", () => {
    keep({ next: "https://evil.example/", remember: "x", connect: 1, popup: "yes" });
    expect(takeSocialTrip(STATE, "example")).toEqual({ ...TRIP, next: "/" });
    for (const text of ["", "{", "null", "[]"]) {
      sessionStorage.setItem(KEPT, text);
      expect(takeSocialTrip(STATE, "example")).toBeUndefined();
    }
  });

  test("nobody takes what nobody has begun", async () => {
    const taken = handOver({ state: STATE, code: "c" });
    new Channel(KEPT).postMessage("taken:other");
    await vi.advanceTimersByTimeAsync(1000);
    expect(await taken).toBe(false);
  });
});
