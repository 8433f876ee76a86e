import { screen, waitFor } from "@testing-library/dom";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import type { Auth, Session } from "../src/auth.js";
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

export type FormName =
  | "SignUpForm"
  | "SignUpFormWithOwnFields"
  | "VerifyEmailForm"
  | "MailSignInForm"
  | "ChangeEmailForm"
  | "ConfirmEmailChange"
  | "UndoEmailChange"
  | "SignInForm";

export interface FormProps {
  token?: string;
  onDone: (session: Session) => void;
}

/** Shows a form of one framework, and waits until the session is known. */
export type Open = (name: FormName, props: FormProps) => Promise<{ auth: Auth; user: UserEvent }>;

const PASSWORD = "another long password";
const SENT = json({ detail: "A mail is coming." });
const CHECK = json({ status: "check_mail", isAuthenticated: false, detail: "A mail is coming." });
const LATE = problem(400, "link_expired", { detail: "Ask for a new one." });
const OUT = problem(401, "not_authenticated", { detail: "You are not signed in." });
const IN = signedIn();
const UNPROVEN = signedIn({ emailVerified: false });
const waits = (...next: string[]) =>
  json({ status: "pending", isAuthenticated: false, next, csrfToken: "first" });
const wrong = (name: string, detail: string) =>
  problem(400, "invalid_body", { fields: { [name]: [{ code: "x", detail }] } });
const offers = (fields: string[], open = true) =>
  json({
    password: { identifiers: [], minLength: 12, maxLength: 1024, rules: [] },
    profile: { fields: [] },
    signup: { open, fields },
    email: { mustVerify: true },
  });
const OFFER = { "GET /api/config/": offers(["username", "firstName", "plan"]) };

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const press = (name: string | RegExp) => screen.getByRole("button", { name });
const seen = (label: string) => field(label).closest("[hidden]") === null;
const notice = () => screen.findByRole("heading", { name: "Check your mail" });

/** What every framework's forms of mails promise. */
export function describeMailForms(open: Open): void {
  async function start(
    name: FormName,
    routes: Record<string, Reply | Reply[]>,
    props: Partial<FormProps> = {},
  ) {
    const server = stubServer({ "GET /api/session/": anonymous(), ...OFFER, ...routes });
    const onDone = vi.fn();
    const { auth, user } = await open(name, { onDone, ...props });
    const bodies = () => server.calls.filter(({ body }) => body).map(({ body }) => body);
    return { auth, user, server, onDone, bodies };
  }

  async function fill(user: UserEvent, texts: Record<string, string>) {
    for (const [label, text] of Object.entries(texts)) await user.type(field(label), text);
  }

  describe("sign-up", () => {
    const ACCOUNT = { Email: "ada@example.com", Username: "ada", "First name": "Ada" };
    const TYPED = { email: "ada@example.com", username: "ada", firstName: "Ada" };

    async function ask(
      routes: Record<string, Reply | Reply[]>,
      name: FormName = "SignUpForm",
      account: Record<string, string> = ACCOUNT,
    ) {
      const opened = await start(name, { "POST /api/signup/": CHECK, ...routes });
      await screen.findByLabelText("Email");
      await fill(opened.user, { ...account, Password: PASSWORD });
      await opened.user.click(press("Sign up"));
      return opened;
    }

    test("what was typed waits for the code of the mail, and is sent with it", async () => {
      const { user, auth, onDone, bodies } = await ask({ "POST /api/signup/finish/": IN });
      const title = await notice();
      await waitFor(() => expect(document.activeElement).toBe(title));
      expect(screen.getByText(/on its way to ada@example.com/)).toBeTruthy();
      expect([seen("Email"), seen("Password"), seen("Code from the mail")]).toEqual([
        false,
        false,
        true,
      ]);
      await user.type(field("Code from the mail"), "314 159");
      await user.click(press("Finish signing up"));
      await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
      expect(auth.get().status).toBe("authenticated");
      const account = { ...TYPED, password: PASSWORD };
      expect(bodies()).toEqual([account, { ...account, code: "314159" }]);
      expect(screen.getByText("Signed in as Alice.", { selector: "p" })).toBeTruthy();
      expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
    });

    test("a field that is found wrong in the end is shown again, and the code stays", async () => {
      const { user, onDone, bodies } = await ask({
        "POST /api/signup/finish/": [wrong("username", "Taken."), IN],
      });
      await notice();
      await user.type(field("Code from the mail"), "314159");
      await user.click(press("Finish signing up"));
      await screen.findByText("Taken.", { selector: "p" });
      expect([seen("Username"), seen("Email"), field("Code from the mail").value]).toEqual([
        true,
        false,
        "314159",
      ]);
      await user.type(field("Username"), "2");
      await user.click(press("Finish signing up"));
      await waitFor(() => expect(onDone).toHaveBeenCalled());
      expect(bodies().at(-1)).toMatchObject({ username: "ada2", code: "314159" });
    });

    test("another address can be used, and nothing else is typed again", async () => {
      const { user, bodies } = await ask({});
      await notice();
      await user.click(press("Use another address"));
      await waitFor(() => expect(document.activeElement).toBe(field("Email")));
      expect(screen.queryByLabelText("Code from the mail")).toBeNull();
      await user.clear(field("Email"));
      await user.type(field("Email"), "ada@example.org");
      await user.click(press("Sign up"));
      await screen.findByText(/on its way to ada@example.org/);
      expect(bodies().at(-1)).toEqual({
        ...TYPED,
        email: "ada@example.org",
        password: PASSWORD,
      });
    });

    test("where no mail is needed, the answer is the session", async () => {
      const { onDone, auth } = await ask({ "POST /api/signup/": IN });
      await waitFor(() => expect(onDone).toHaveBeenCalled());
      expect(auth.get().status).toBe("authenticated");
    });

    test("what is missing or wrong is said at its field", async () => {
      const { user, bodies } = await start("SignUpForm", {
        "POST /api/signup/": wrong("password", "Too common."),
      });
      await screen.findByLabelText("Email");
      await user.click(press("Sign up"));
      const { textContent } = screen.getByRole("alert");
      expect(textContent).toContain("Enter your email.");
      expect(textContent).toContain("Enter a new password.");
      expect(bodies()).toEqual([]);
      await fill(user, { ...ACCOUNT, Password: "password" });
      await user.click(press("Sign up"));
      await screen.findByText("Too common.", { selector: "p" });
      expect(field("Password").value).toBe("password");
    });

    test("the fields of the project are read along, and shown again where they are wrong", async () => {
      const name = "SignUpFormWithOwnFields";
      const { user, bodies } = await ask(
        { "POST /api/signup/finish/": wrong("plan", "No such plan.") },
        name,
        { Email: "ada@example.com", Plan: "free" },
      );
      await notice();
      expect(seen("Plan")).toBe(false);
      await user.type(field("Code from the mail"), "314159");
      await user.click(press("Finish signing up"));
      await screen.findByText("No such plan.");
      expect(seen("Plan")).toBe(true);
      expect(bodies().at(-1)).toMatchObject({ plan: "free", terms: false, code: "314159" });
    });

    test("who opened the link elsewhere fills in all but the address", async () => {
      const { user, onDone, bodies } = await start(
        "SignUpForm",
        { "POST /api/signup/finish/": [LATE, IN] },
        { token: "abc" },
      );
      await screen.findByLabelText("Username");
      expect(screen.queryByLabelText("Email")).toBeNull();
      await fill(user, { Username: "ada", Password: PASSWORD });
      await user.click(press("Finish signing up"));
      await screen.findByText("Ask for a new one.");
      await user.click(press("Finish signing up"));
      await waitFor(() => expect(onDone).toHaveBeenCalled());
      const body = { username: "ada", firstName: "", password: PASSWORD, token: "abc" };
      expect(bodies()).toEqual([body, body]);
    });

    test("password managers learn the address as the name, and a new password", async () => {
      await start("SignUpForm", {});
      await screen.findByLabelText("Email");
      const attributes = (label: string) =>
        ["name", "autocomplete"].map((name) => field(label).getAttribute(name));
      expect(["Email", "Username", "First name", "Password"].map(attributes)).toEqual([
        ["username", "username"],
        ["nickname", "nickname"],
        ["firstName", "given-name"],
        ["new-password", "new-password"],
      ]);
      const typing = ["type", "spellcheck", "autocapitalize", "autocorrect", "required"];
      expect(typing.map((name) => field("Email").getAttribute(name))).toEqual([
        "email",
        "false",
        "none",
        "off",
        "",
      ]);
    });

    test("where accounts are not made, it is said", async () => {
      await start("SignUpForm", { "GET /api/config/": offers([], false) });
      expect(await screen.findByText("New accounts cannot be made here.")).toBeTruthy();
      expect(screen.queryByRole("button")).toBeNull();
    });

    test("what cannot be read is asked for again", async () => {
      const config = held(offline);
      const { user } = await start("SignUpForm", {
        "GET /api/config/": [config.reply, ...Object.values(OFFER)],
      });
      expect(screen.getByText("Loading")).toBeTruthy();
      config.release();
      await user.click(await screen.findByRole("button", { name: "Try again" }));
      expect(await screen.findByLabelText("Email")).toBeTruthy();
    });
  });

  describe("sign-in by mail", () => {
    test("a code signs in", async () => {
      const { user, auth, bodies } = await start("MailSignInForm", {
        "POST /api/login/email/": SENT,
        "POST /api/login/email/finish/": IN,
      });
      await user.type(field("Email"), " ada@example.com ");
      await user.click(press("Send me a link"));
      await screen.findByText(/an account for ada@example.com/);
      await user.type(field("Code from the mail"), "314-159");
      await user.click(press("Sign in"));
      await waitFor(() => expect(auth.get().status).toBe("authenticated"));
      const email = "ada@example.com";
      expect(bodies()).toEqual([{ email }, { email, code: "314159" }]);
    });

    test("a link signs in when the button is pressed, not before", async () => {
      const { user, auth, bodies, server } = await start(
        "MailSignInForm",
        { "POST /api/login/email/finish/": IN },
        { token: "abc" },
      );
      expect(server.keys().filter((key) => key.startsWith("POST"))).toEqual([]);
      await user.click(press("Sign in"));
      await waitFor(() => expect(auth.get().status).toBe("authenticated"));
      expect(bodies()).toEqual([{ token: "abc" }]);
    });

    test("a second factor is said, and not announced as a sign-in", async () => {
      const routes = { "POST /api/login/email/finish/": pending };
      const { user, onDone } = await start("MailSignInForm", routes, { token: "abc" });
      await user.click(press("Sign in"));
      expect(await screen.findByText("This account needs another step: totp.")).toBeTruthy();
      expect(screen.getByRole("status").textContent).toBe("");
      expect(onDone).toHaveBeenCalledTimes(1);
    });
  });

  describe("proving an address", () => {
    const WAITING = { "GET /api/session/": waits("email") };

    test("a sign-in that waits for it goes on by the code", async () => {
      const { user, auth, bodies } = await start("VerifyEmailForm", {
        ...WAITING,
        "POST /api/email/resend/": SENT,
        "POST /api/email/verify/": IN,
      });
      await user.click(press("Send me a mail"));
      await screen.findByText(/on its way to your address/);
      expect(screen.queryByRole("button", { name: "Use another address" })).toBeNull();
      await user.type(field("Code from the mail"), "314159");
      await user.click(press("Confirm your address"));
      await waitFor(() => expect(auth.get().status).toBe("authenticated"));
      expect(bodies()).toEqual([{}, { code: "314159" }]);
      expect(screen.getByRole("heading", { name: "Done" })).toBeTruthy();
    });

    test("a link works in a browser that is signed in, and elsewhere after signing in", async () => {
      const { user, onDone, bodies } = await start(
        "VerifyEmailForm",
        { "POST /api/email/verify/": [OUT, IN] },
        { token: "abc" },
      );
      await user.click(press("Confirm your address"));
      expect((await screen.findByRole("alert")).textContent).toContain("Sign in first");
      await user.click(press("Confirm your address"));
      await waitFor(() => expect(onDone).toHaveBeenCalled());
      expect(bodies()).toEqual([{ token: "abc" }, { token: "abc" }]);
    });

    test.each([
      ["nobody is signed in", anonymous(), "Sign in first"],
      ["another step is waited for", waits("totp"), "Sign in first"],
      ["nothing is left to be proved", IN, "Your address is confirmed."],
    ])("there is no form where %s", async (_, session, words) => {
      await start("VerifyEmailForm", { "GET /api/session/": session });
      expect(await screen.findByText(words, { exact: false })).toBeTruthy();
      expect(screen.queryByRole("button")).toBeNull();
    });

    test("who is signed in without a proof can ask for a mail", async () => {
      await start("VerifyEmailForm", { "GET /api/session/": UNPROVEN });
      expect(press("Send me a mail")).toBeTruthy();
    });

    test("who signs in and has to prove an address has the mail at once", async () => {
      const { user, bodies } = await start("SignInForm", {
        "POST /api/login/": waits("email"),
        "POST /api/email/resend/": SENT,
      });
      await fill(user, { "Email or username": "ada", Password: PASSWORD });
      await user.click(press("Sign in"));
      expect(await screen.findByLabelText("Code from the mail")).toBeTruthy();
      expect(bodies()).toHaveLength(2);
    });

    test("who comes back to a sign-in that waits asks for the mail", async () => {
      const { bodies } = await start("SignInForm", WAITING);
      expect(press("Send me a mail")).toBeTruthy();
      expect(bodies()).toEqual([]);
    });
  });

  describe("another address", () => {
    const routes = {
      "GET /api/session/": UNPROVEN,
      "POST /api/email/change/": SENT,
      "POST /api/email/change/confirm/": signedIn({ email: "ada@example.org" }),
    };

    test("is proved by the code of the mail to it", async () => {
      const { user, onDone, bodies } = await start("ChangeEmailForm", routes);
      expect(screen.getByText("Not verified")).toBeTruthy();
      await user.type(field("New email"), "ada@example.org");
      await user.click(press("Send me a mail"));
      await screen.findByText(/on its way to ada@example.org/);
      await user.type(field("Code from the mail"), "314159");
      await user.click(press("Change address"));
      await waitFor(() => expect(onDone).toHaveBeenCalled());
      expect(bodies()).toEqual([{ email: "ada@example.org" }, { code: "314159" }]);
      const words = /Every other device is signed out, and the old address was told/;
      expect(screen.getByText(words, { selector: "p" })).toBeTruthy();
      expect(screen.queryByText("Not verified")).toBeNull();
    });

    test.each([
      [signedIn({ email: null }), true],
      [anonymous(), false],
    ])("is asked for where somebody is signed in", async (session, there) => {
      await start("ChangeEmailForm", { "GET /api/session/": session });
      expect(screen.queryByLabelText("New email") !== null).toBe(there);
    });

    test.each([
      ["ConfirmEmailChange", "Change address", "/api/email/change/confirm/", "is changed"],
      ["UndoEmailChange", "Bring back the old address", "/api/email/change/undo/", "is back"],
    ] as const)("the link of %s works by a button", async (name, button, path, words) => {
      const { user, bodies, onDone } = await start(
        name,
        { [`POST ${path}`]: [LATE, anonymous()] },
        { token: "abc" },
      );
      expect(bodies()).toEqual([]);
      await user.click(press(button));
      expect((await screen.findByRole("alert")).textContent).toContain("Ask for a new one.");
      await user.click(press(button));
      await waitFor(() => expect(onDone).toHaveBeenCalled());
      expect(bodies()).toEqual([{ token: "abc" }, { token: "abc" }]);
      expect(screen.getByText(words, { exact: false, selector: "p" })).toBeTruthy();
      expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Done" }));
    });
  });
}
