import type { Auth } from "../auth.js";
import type {
  PasswordChange,
  PasswordReset,
  PasswordResetConfirmation,
  Refusal,
} from "../contract.js";
import { createStore, type Store } from "../store.js";
import { textOf } from "./form.js";
import type { Texts } from "./texts.js";

/** What a form says, and what is missing in it, by field of the contract. */
interface Read<Body> {
  body: Body;
  missing: Record<string, string>;
}

/** Seconds until a mail that did not come may be asked for again. */
export const RESEND_AFTER = 30;

export function readReset(form: HTMLFormElement, texts: Texts): Read<PasswordReset> {
  const email = textOf(form, "username").trim();
  return { body: { email }, missing: { ...(!email && { email: texts.enterEmail }) } };
}

/** Read the form that takes a new password, by a link's token or by the code sent to an address. */
export function readConfirmation(
  form: HTMLFormElement,
  proof: { token: string } | { email: string },
  texts: Texts,
): Read<PasswordResetConfirmation> {
  const newPassword = textOf(form, "new-password");
  const missingPassword = { ...(!newPassword && { newPassword: texts.enterNewPassword }) };
  if ("token" in proof) return { body: { ...proof, newPassword }, missing: missingPassword };
  // As mails show it, or as people write it down.
  const code = textOf(form, "code").replace(/[\s-]/g, "");
  return {
    body: { ...proof, code, newPassword },
    missing: { ...(!/^\d{6}$/.test(code) && { code: texts.enterCode }), ...missingPassword },
  };
}

/** Read the form for one's own password. The `first` one needs no other. */
export function readChange(
  form: HTMLFormElement,
  first: boolean,
  texts: Texts,
): Read<PasswordChange> {
  const currentPassword = textOf(form, "current-password");
  const newPassword = textOf(form, "new-password");
  return {
    body: { currentPassword, newPassword },
    missing: {
      ...(!first && !currentPassword && { currentPassword: texts.enterCurrentPassword }),
      ...(!newPassword && { newPassword: texts.enterNewPassword }),
    },
  };
}

/** Whether the account has no password, by what was thought before and what the answer says. */
export function hasNone(before: boolean, error: Refusal | undefined): boolean {
  switch (error?.code) {
    case "password.not_set":
      return true;
    case "password.already_set":
    case undefined:
      return false;
    default:
      return before;
  }
}

/** The token in the address of a mail's link, without the `#`. Nothing where there is none. */
export function tokenIn(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token") || undefined;
}

/** Attributes of a field for a new password, from which password managers make one. */
export interface NewPasswordRules {
  minLength?: number;
  maxLength?: number;
  passwordrules?: string;
}

/** The project's password rules: none until the first answer, and none where it does not come. */
export function createPasswordRules(
  auth: Auth,
): Pick<Store<NewPasswordRules>, "get" | "getServer" | "subscribe"> & { load: () => void } {
  const store = createStore<NewPasswordRules>({});
  async function load(): Promise<void> {
    const { data } = await auth.config();
    if (!data) return;
    const { minLength, maxLength } = data.password;
    const passwordrules = `minlength: ${minLength}; maxlength: ${maxLength};`;
    store.set({ minLength, maxLength, passwordrules });
  }
  return {
    get: store.get,
    getServer: store.getServer,
    subscribe: store.subscribe,
    // The form works without them: the server refuses what is too short, in words.
    load: () => void load().catch(() => {}),
  };
}
