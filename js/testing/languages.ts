import { screen, waitFor } from "@testing-library/dom";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import type { Auth } from "../src/auth.js";
import { english } from "../src/ui/all-english.js";
import { german } from "../src/ui/german.js";
import type { AllTexts } from "../src/ui/texts.js";
import { device, list } from "./devices.js";
import { stubFiles } from "./files.js";
import { isSpoken, pseudo, strayWords } from "./pseudo.js";
import {
  anonymous,
  held,
  json,
  offline,
  problem,
  type Reply,
  signedIn,
  stubServer,
} from "./server.js";
import { token } from "./tokens.js";

export type PartName =
  | "ActivityList"
  | "ApiTokens"
  | "ChangeEmailForm"
  | "ChangePasswordForm"
  | "ConnectedAccounts"
  | "ConfirmEmailChange"
  | "DeleteAccountForm"
  | "DeviceList"
  | "ExportAccount"
  | "ForgotPasswordForm"
  | "MailSignInForm"
  | "ProfileForm"
  | "ResetPasswordForm"
  | "RestoreAccount"
  | "SignInForm"
  | "SignOutButton"
  | "SignUpForm"
  | "SocialButtons"
  | "SocialCallback"
  | "UndoEmailChange"
  | "VerifyEmailForm";

export interface Shown {
  auth: Auth;
  user: UserEvent;
  /** Give the components other words. */
  speak: (texts: AllTexts) => Promise<void>;
}

/** Shows a component of one framework beside the dialog that asks for a proof. */
export type Open = (name: PartName, texts: AllTexts) => Promise<Shown>;

type Routes = Record<string, Reply | Reply[]>;
/** `fill` types into every field, `submit` sends the form, `press` is for the first other button. */
type Step = "fill" | "tick" | "submit" | "press";

// Without letters, so that none on the page is the server's.
const PERSON = { firstName: "1", lastName: "2", username: "3", email: "4@5.6" };
const IN = signedIn(PERSON);
const UNPROVEN = { "GET /api/session/": signedIn({ ...PERSON, emailVerified: false }) };
const AGAIN = json({
  status: "pending",
  isAuthenticated: false,
  next: ["password"],
  csrfToken: "6",
});
const OUT = { "GET /api/session/": anonymous() };
const SENT = json({ detail: "7" });
const CHECK = json({ status: "check_mail", isAuthenticated: false, detail: "7" });
const LATE = problem(429, "rate_limited", { detail: "8", retryAfter: "90" });
const DEVICE = { device: { kind: "desktop", browser: "9", system: "10" } };
const NAMELESS = { device: { kind: "other", browser: null, system: null }, address: null };
const PROVIDERS = [
  { id: "p", name: "11", icon: "" },
  { id: "q", name: "12", icon: "" },
];
const connected = (...connections: object[]) => json({ providers: PROVIDERS, connections });
const CONNECTION = {
  id: "1",
  provider: "p",
  name: "11",
  address: "13",
  createdAt: "2026-01-02T10:00:00Z",
  lastUsedAt: "2026-01-02T10:00:00Z",
};
const offers = (open: boolean, deleteAfterDays: number) =>
  json({
    password: { identifiers: [], minLength: 12, maxLength: 1024, rules: [] },
    signup: { open, fields: ["username", "firstName", "lastName"] },
    account: { deleteAfterDays },
    social: { providers: PROVIDERS },
  });
const happened = (id: string, more: object = {}) => ({
  id,
  kind: "sign_in",
  outcome: "done",
  at: "2026-01-02T10:00:00Z",
  address: "192.0.2.1",
  current: id === "1",
  ...DEVICE,
  ...more,
});
const LISTED = token("1", { name: "2", hint: "3" });
const OTHER = token("2", { name: "2", hint: "3", expiresAt: null, lastUsedAt: null });
const TOKENS = json({ tokens: [LISTED, OTHER], abilities: [{ name: "notes:read", text: "4" }] });
const TOKEN = json({ token: "5", created: LISTED, tokens: [LISTED, OTHER] });
const ROUTES: Routes = {
  "GET /api/tokens/": TOKENS,
  "GET /api/session/": IN,
  "GET /api/config/": offers(true, 7),
  "GET /api/sessions/": list(
    device("1", { ...DEVICE, current: true }),
    device("2", { ...NAMELESS, proofs: [] }),
  ),
  "GET /api/activity/": json({
    entries: [happened("1"), happened("2", { outcome: "refused", ...NAMELESS })],
    next: "3",
  }),
};

const SCENES: [PartName, Routes, ...Step[]][] = [
  ["SignInForm", OUT, "submit"],
  ["SignInForm", { ...OUT, "POST /api/login/": offline }, "fill", "submit"],
  ["SignInForm", { ...OUT, "POST /api/login/": LATE }, "fill", "submit"],
  ["SignInForm", { ...OUT, "POST /api/login/": IN }, "fill", "submit"],
  ["SignInForm", { "GET /api/session/": AGAIN }],
  ["SignUpForm", OUT, "submit"],
  ["SignUpForm", { ...OUT, "POST /api/signup/": CHECK }, "fill", "submit", "submit"],
  ["SignUpForm", { ...OUT, "GET /api/config/": offers(false, 7) }],
  ["SignUpForm", { ...OUT, "GET /api/config/": offline }],
  ["ForgotPasswordForm", { ...OUT, "POST /api/password/reset/": SENT }, "fill", "submit"],
  ["ResetPasswordForm", { ...OUT, "POST /api/password/reset/confirm/": IN }, "fill", "submit"],
  ["MailSignInForm", { ...OUT, "POST /api/login/email/": SENT }, "fill", "submit"],
  ["VerifyEmailForm", OUT],
  ["VerifyEmailForm", {}],
  ["VerifyEmailForm", { ...UNPROVEN, "POST /api/email/resend/": SENT }, "submit"],
  ["ChangeEmailForm", { ...UNPROVEN, "POST /api/email/change/": SENT }, "fill", "submit"],
  ["ConfirmEmailChange", { "POST /api/email/change/confirm/": IN }, "submit"],
  ["UndoEmailChange", { "POST /api/email/change/undo/": anonymous() }, "submit"],
  ["ChangePasswordForm", {}, "submit"],
  ["ChangePasswordForm", { "POST /api/password/change/": IN }, "fill", "submit"],
  ["ProfileForm", {}, "submit"],
  ["ProfileForm", { "PATCH /api/profile/": offline }, "fill", "submit"],
  ["DeleteAccountForm", {}, "press"],
  ["DeleteAccountForm", { "GET /api/config/": offers(true, 0) }, "press"],
  ["ExportAccount", { "POST /api/account/export/": json({ exportedAt: "2026" }) }, "press"],
  ["ExportAccount", { "POST /api/account/export/": proof("password", "email") }, "press"],
  ["ExportAccount", { "POST /api/account/export/": proof("fingerprint") }, "press"],
  ["RestoreAccount", { "POST /api/account/restore/": json({}) }, "press"],
  ["DeviceList", { "DELETE /api/sessions/2/": offline }, "press"],
  ["DeviceList", { "GET /api/sessions/": offline }],
  ["ActivityList", {}],
  ["ActivityList", { "GET /api/activity/": json({ entries: [], next: null }) }],
  ["ApiTokens", { "POST /api/tokens/": TOKEN }, "submit", "tick", "fill", "submit", "press"],
  ["ApiTokens", { "GET /api/tokens/": json({ tokens: [], abilities: [] }) }],
  ["ApiTokens", { "GET /api/tokens/": TOKENS }, "press"],
  ["SocialButtons", { ...OUT, "POST /api/social/p/begin/": offline }, "press"],
  ["SocialCallback", OUT],
  ["ConnectedAccounts", { "GET /api/social/": connected(CONNECTION) }, "press"],
  ["ConnectedAccounts", { "GET /api/social/": connected() }],
  ["ConnectedAccounts", { "GET /api/social/": offline }],
  [
    "ExportAccount",
    { "POST /api/account/export/": proof("social"), "GET /api/social/": connected(CONNECTION) },
    "press",
  ],
  ["SignOutButton", { "POST /api/logout/": offline }, "press"],
];

interface Told {
  routes: Routes;
  steps: Step[];
  /** What the component says then, in words of its own. */
  words: (texts: AllTexts) => string;
}

const TOLD: [PartName, Told][] = [
  ["SignInForm", { routes: OUT, steps: ["submit"], words: (texts) => texts.enterPassword }],
  [
    "SignInForm",
    {
      routes: { ...OUT, "POST /api/login/": offline },
      steps: ["fill", "submit"],
      words: (texts) => texts.outage.network,
    },
  ],
  ["ApiTokens", { routes: {}, steps: ["submit"], words: (texts) => texts.enterTokenName }],
  ["ProfileForm", { routes: {}, steps: ["submit"], words: (texts) => texts.nothingToSave }],
  [
    "ChangePasswordForm",
    {
      routes: { "POST /api/password/change/": IN },
      steps: ["fill", "submit"],
      words: (texts) => texts.passwordChanged,
    },
  ],
  [
    "MailSignInForm",
    {
      routes: { ...OUT, "POST /api/login/email/": SENT, "POST /api/login/email/finish/": IN },
      steps: ["fill", "submit", "fill", "submit"],
      words: (texts) => texts.signedInAs("1"),
    },
  ],
  [
    "VerifyEmailForm",
    {
      routes: {
        ...UNPROVEN,
        "POST /api/email/resend/": SENT,
        "POST /api/email/verify/": problem(401, "not_authenticated", { detail: "8" }),
      },
      steps: ["submit", "fill", "submit"],
      words: (texts) => texts.signInFirst,
    },
  ],
  [
    "RestoreAccount",
    {
      routes: { "POST /api/account/restore/": json({}) },
      steps: ["press"],
      words: (texts) => texts.restored,
    },
  ],
  [
    "DeviceList",
    {
      routes: { "DELETE /api/sessions/2/": offline },
      steps: ["press"],
      words: (texts) => texts.nothingSignedOut(texts.outage.network),
    },
  ],
  [
    "DeviceList",
    {
      routes: { "GET /api/sessions/": offline },
      steps: [],
      words: (texts) => texts.outage.network,
    },
  ],
  [
    "ActivityList",
    {
      routes: { "GET /api/activity/": offline },
      steps: [],
      words: (texts) => texts.outage.network,
    },
  ],
  [
    "ConnectedAccounts",
    { routes: { "GET /api/social/": offline }, steps: [], words: (texts) => texts.outage.network },
  ],
  ["SocialCallback", { routes: OUT, steps: [], words: (texts) => texts.wrongState }],
  [
    "SignOutButton",
    {
      routes: { "POST /api/logout/": offline },
      steps: ["press"],
      words: (texts) => texts.stillSignedIn(texts.outage.network),
    },
  ],
];

const FORMS: [PartName, Routes][] = [
  ["SignInForm", OUT],
  ["SignUpForm", OUT],
  ["ForgotPasswordForm", OUT],
  ["ResetPasswordForm", OUT],
  ["MailSignInForm", OUT],
  ["ChangeEmailForm", {}],
  ["ChangePasswordForm", {}],
  ["ProfileForm", {}],
  ["ApiTokens", { "GET /api/tokens/": TOKENS }],
];

/** What every framework's components promise about languages. */
export function describeLanguages(open: Open): void {
  async function start(name: PartName, routes: Routes, texts: AllTexts): Promise<Shown> {
    stubFiles();
    stubServer({ ...ROUTES, ...routes });
    const shown = await open(name, texts);
    await settled();
    return shown;
  }

  describe("in another language", () => {
    test.each(SCENES)("%s says nothing of its own", async (name, routes, ...steps) => {
      const { user } = await start(name, routes, pseudo);
      for (const step of [undefined, ...steps]) {
        if (step) await STEPS[step](user);
        await settled();
        expect(strayWords(), `after ${step}`).toEqual([]);
      }
      expect(isSpoken()).toBe(true);
    });

    test.each(FORMS)("%s keeps what was typed when it changes", async (name, routes) => {
      const { user, speak } = await start(name, routes, english);
      await fill(user);
      await Promise.all(boxes().map((box) => user.click(box)));
      const before = { inputs: inputs(), typed: typed(), labels: labels(), at: focused() };
      await speak(german);
      expect(inputs()).toEqual(before.inputs);
      expect(typed()).toEqual(before.typed);
      expect(focused()).toBe(before.at);
      expect(labels().filter((label) => before.labels.includes(label))).toEqual([]);
    });

    test("a form that waits for a mail leaves the focus where it is", async () => {
      const routes = { ...OUT, "POST /api/signup/": CHECK };
      const { user, speak } = await start("SignUpForm", routes, english);
      await fill(user);
      await submit(user);
      await user.type(await screen.findByLabelText(english.code), "314");
      await speak(german);
      const code = screen.getByLabelText<HTMLInputElement>(german.code);
      expect(code.value).toBe("314");
      expect(focused()).toBe(code);
      expect(screen.getByRole("heading", { name: german.checkMail })).toBeTruthy();
    });

    test("what comes of a request is said in the language of then", async () => {
      const late = held(offline);
      const routes = { ...OUT, "POST /api/login/": [late.reply, IN] };
      const { user, speak } = await start("SignInForm", routes, english);
      await fill(user);
      await submit(user);
      await speak(german);
      late.release();
      const alert = await screen.findByRole("alert");
      expect(alert.textContent).toContain(german.outage.network);
      await submit(user);
      await waitFor(() =>
        expect(screen.getByRole("status").textContent).toBe(german.signedInAs("1")),
      );
    });

    test.each(TOLD)("what %s has told is told in the language of now", async (name, told) => {
      const { routes, steps, words } = told;
      const { user, speak } = await start(name, routes, english);
      for (const step of steps) {
        await STEPS[step](user);
        await settled();
      }
      expect(shownText()).toContain(words(english));
      const at = focused();
      await speak(german);
      expect(shownText()).toContain(words(german));
      expect(shownText()).not.toContain(words(english));
      expect(focused()).toBe(at);
    });

    test("what is done is told in the language of then", async () => {
      const late = held(json({ exportedAt: "2026" }));
      const routes = { "POST /api/account/export/": [late.reply] };
      const { user, speak } = await start("ExportAccount", routes, english);
      await press(user);
      await speak(german);
      late.release();
      await waitFor(() => expect(screen.getByRole("status").textContent).toBe(german.exported));
    });

    test("the server is asked again for what a token may", async () => {
      let text = "Read notes";
      const tokens: Reply = () =>
        Response.json({ tokens: [LISTED], abilities: [{ name: "notes:read", text }] });
      const { user, speak } = await start("ApiTokens", { "GET /api/tokens/": tokens }, english);
      await fill(user);
      await user.click(screen.getByLabelText("Read notes"));
      text = "Notizen lesen";
      await speak(german);
      expect(await screen.findByLabelText<HTMLInputElement>("Notizen lesen")).toHaveProperty(
        "checked",
        true,
      );
    });
  });
}

function proof(...ways: string[]): Reply {
  return problem(403, "reauthentication_required", { detail: "8", ways });
}

const STEPS: Record<Step, (user: UserEvent) => Promise<void>> = { fill, tick, submit, press };

/** Into every field that is seen: digits, which are a code, a password and half an address. */
async function fill(user: UserEvent): Promise<void> {
  for (const input of texts()) await user.type(input, input.type === "email" ? "4@5.6" : "314159");
}

async function tick(user: UserEvent): Promise<void> {
  for (const box of boxes()) await user.click(box);
}

async function submit(user: UserEvent): Promise<void> {
  const [button] = buttons("submit");
  if (button) await user.click(button);
}

async function press(user: UserEvent): Promise<void> {
  const [button] = buttons("button");
  if (button) await user.click(button);
}

const buttons = (type: string) => [
  ...document.querySelectorAll<HTMLElement>(`button.spa-button[type=${type}]`),
];
const inputs = () => [...document.querySelectorAll<HTMLInputElement>("input:not([readonly])")];
const texts = () =>
  inputs().filter((input) => input.type !== "checkbox" && !input.closest("[hidden]"));
const boxes = () => inputs().filter(({ type }) => type === "checkbox");
const typed = () => inputs().map(({ value, checked }) => [value, checked]);
// Those of abilities are the server's, here without letters.
const labels = () =>
  [...document.querySelectorAll("label")].flatMap(({ textContent }) =>
    textContent && /\p{L}/u.test(textContent) ? [textContent] : [],
  );
const focused = () => document.activeElement;
/** Without what was read out once. */
const shownText = () =>
  [...document.body.children]
    .filter((each) => !each.matches("[role=status]"))
    .map(({ textContent }) => textContent)
    .join(" ");

/** Nothing is on its way any more, or a dialog asks. */
async function settled(): Promise<void> {
  const top = () => document.querySelector("dialog") ?? document;
  await waitFor(() => expect(top().querySelector("[aria-busy=true], .spa-spinner")).toBeNull());
}
