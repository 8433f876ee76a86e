/** What each form that goes by mail asks for, sends and says. */

import type { Answer } from "../answer.js";
import type { Auth, Snapshot } from "../auth.js";
import type { Config } from "../contract.js";
import { refused } from "./failure.js";
import { emailField, nameField, newPasswordField } from "./fields.js";
import type { MailPlan } from "./mail-form.js";
import { describeFields } from "./profile.js";
import type { Texts } from "./texts.js";

export function passwordReset(auth: Auth, texts: Texts): MailPlan {
  return {
    first: [emailField(texts)],
    asks: [texts.sendLink, texts.sendingLink],
    ask: auth.password.reset,
    sentTo: texts.mailSentTo,
    more: [newPasswordField(texts)],
    hint: texts.othersSignOut,
    finishes: [texts.setPassword, texts.settingPassword],
    finish: auth.password.confirmReset,
    done: texts.passwordSet,
  };
}

export function mailSignIn(auth: Auth, texts: Texts): MailPlan {
  return {
    first: [emailField(texts)],
    asks: [texts.sendLink, texts.sendingLink],
    ask: auth.login.email,
    sentTo: texts.mailSentTo,
    more: [],
    finishes: [texts.signIn, texts.signingIn],
    finish: auth.login.finishEmail,
    done: texts.signedInAs,
  };
}

export function signUp(auth: Auth, texts: Texts, { open, fields }: Config["signup"]): MailPlan {
  const known = (["username", "firstName", "lastName"] as const).filter((name) =>
    fields.includes(name),
  );
  return {
    closed: open ? "" : texts.signUpClosed,
    first: [
      emailField(texts),
      ...describeFields(known, texts).map(nameField),
      newPasswordField(texts, { name: "password", label: texts.password }),
    ],
    asks: [texts.signUp, texts.signingUp],
    ask: auth.signup,
    sentTo: texts.mailComingTo,
    more: [],
    finishes: [texts.finishSignUp, texts.signingUp],
    finish: auth.finishSignup,
    done: texts.signedInAs,
  };
}

/** Of one's own address: who opens the link elsewhere signs in there first. */
export function verification(
  auth: Auth,
  texts: Texts,
  now: Snapshot,
  token: string | undefined,
): MailPlan {
  const needed = token || (now.isAuthenticated ? !now.user.emailVerified : waitsForMail(now));
  const otherwise = now.isAuthenticated ? texts.addressConfirmed : texts.signInFirst;
  return {
    closed: needed ? "" : otherwise,
    first: [],
    asks: [texts.sendMail, texts.sendingLink],
    ask: () => auth.email.resend(),
    sentTo: texts.mailComingTo,
    more: [],
    finishes: [texts.confirmAddress, texts.confirming],
    finish: (values) => afterSignIn(auth.email.verify(values)),
    done: () => texts.addressConfirmed,
  };
}

export function emailChange(auth: Auth, texts: Texts): MailPlan {
  return {
    first: [emailField(texts, { label: texts.newEmail, autoComplete: "email" })],
    asks: [texts.sendMail, texts.sendingLink],
    ask: auth.email.change,
    sentTo: texts.mailComingTo,
    more: [],
    hint: texts.othersSignOut,
    finishes: [texts.changeEmail, texts.confirming],
    finish: ({ token, code }) =>
      afterSignIn(auth.email.confirmChange(token ? { token } : { code })),
    done: () => texts.emailChanged,
  };
}

/** By the link alone. */
export function emailUndo(auth: Auth, texts: Texts): MailPlan {
  return {
    ...emailChange(auth, texts),
    hint: texts.undoEmailHint,
    finishes: [texts.undoEmail, texts.confirming],
    finish: auth.email.undoChange,
    done: () => texts.emailUndone,
  };
}

/** By the code alone: a link would prove who opens it in another browser. */
export function mailProof(auth: Auth, texts: Texts): MailPlan {
  return {
    first: [],
    asks: [texts.sendMail, texts.sendingLink],
    ask: () => auth.reauthenticate.sendCode(),
    sentTo: () => texts.codeComing,
    more: [],
    finishes: [texts.confirm, texts.confirming],
    finish: ({ code }) => auth.reauthenticate.code({ code }),
    done: () => texts.done,
  };
}

/** Whether a sign-in goes on by a mail. */
export function waitsForMail(session: Snapshot): boolean {
  return session.status === "pending" && session.next.includes("email");
}

async function afterSignIn<Data>(asked: Promise<Answer<Data>>): Promise<Answer<Data>> {
  const answer = await asked;
  return answer.error?.status === 401 ? refused(answer.error.code, "signInFirst") : answer;
}
