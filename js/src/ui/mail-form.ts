import type { Answer } from "../answer.js";
import type { Session } from "../auth.js";
import type { CheckMail, MailSent } from "../contract.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import type { Failure } from "./failure.js";
import { codeField, type Field, readFields, type Values } from "./fields.js";
import { type Form, textOf } from "./form.js";
import { displayName } from "./people.js";
import type { Texts } from "./texts.js";

/** Seconds until a mail that did not come may be asked for again. */
const RESEND_AFTER = 30;

/** A form that asks for a mail, and is finished by its code, or elsewhere by its link. */
export interface MailPlan {
  /** Why there is no form, if there is none. */
  closed?: string;
  /** What is asked for before the mail, and sent again with its code or link. */
  first: readonly Field[];
  /** What the form and its button are called, and the words while it is on its way. */
  asks: readonly [string, string];
  /** Where no mail is needed, the answer is the session. */
  ask: (values: Values) => Promise<Answer<MailSent | CheckMail | Session>>;
  /** That a mail is on its way, to an address or, empty, to one's own. */
  sentTo: (email: string) => string;
  /** What is asked for only with the code or the link. */
  more: readonly Field[];
  hint?: string;
  finishes: readonly [string, string];
  finish: (values: Values) => Promise<Answer<Session>>;
  /** That it has worked, for somebody of this name. */
  done: (name: string) => string;
}

/** What is given from outside. */
export interface MailFormSituation {
  plan: MailPlan;
  /** Of the mail's link, where it was opened. */
  token?: string | undefined;
  texts: Texts;
  onDone?: ((session: Session) => void) | undefined;
}

export interface MailFormStage {
  /** Where the mail went to; empty is one's own address. Nothing before it is on its way. */
  sentTo?: string;
  /** In the end, in place of the form: with whom or what it is done. */
  done?: Session;
}

type Sending = Pick<Form, "submit" | "refuse" | "pause">;

export interface MailFormActions
  extends Pick<Store<MailFormStage>, "get" | "getServer" | "subscribe"> {
  send: (form: HTMLFormElement) => Promise<void>;
  sendAgain: (form: HTMLFormElement) => Promise<void>;
  /** Back to what was asked for before the mail. Everything that was typed is still there. */
  startAnew: (form: HTMLFormElement) => void;
}

/**
 * The steps of such a form. What was typed stays in its inputs, which are hidden while the mail is
 * waited for: nothing of it is kept anywhere else.
 */
export function createMailForm(
  main: Sending,
  again: Sending,
  now: () => MailFormSituation,
): MailFormActions {
  const store = createStore<MailFormStage>({});

  async function send(form: HTMLFormElement): Promise<void> {
    const { plan, token } = now();
    const finishing = isFinishing(now(), store.get());
    const { values, missing } = readFields(form, askedFields(now(), store.get()));
    if (Object.keys(missing).length > 0) return main.refuse(missing);
    const proven = token ? { ...values, token } : values;
    const answer = await main.submit<MailSent | CheckMail | Session>(() =>
      finishing ? plan.finish(proven) : plan.ask(values),
    );
    if (answer && "detail" in answer) {
      store.set({ sentTo: textOf(form, "username").trim() });
      again.pause(RESEND_AFTER);
    } else if (answer) {
      finish(answer);
    }
  }

  function finish(session: Session): void {
    const situation = now();
    store.set({ done: session });
    if (session.status !== "pending") announce(doneWords(situation, session));
    situation.onDone?.(session);
  }

  async function sendAgain(form: HTMLFormElement): Promise<void> {
    const { plan } = now();
    const { values } = readFields(form, plan.first);
    if (!(await again.submit(() => plan.ask(values)))) return;
    again.pause(RESEND_AFTER);
    announce(now().texts.sentAgain);
  }

  function startAnew(form: HTMLFormElement): void {
    store.set({});
    main.pause(0);
    // When the input is shown again.
    setTimeout(() => form.querySelector("input")?.focus());
  }

  const { get, getServer, subscribe } = store;
  return { get, getServer, subscribe, send, sendAgain, startAnew };
}

export interface MailFormView {
  notice?: { title?: string; text: string } | undefined;
  /** Nothing where there is no form. */
  fields?: readonly (Field & { hidden: boolean })[];
  ownHidden: boolean;
  hint: string | undefined;
  words: readonly [string, string];
  /** Whether the mail is waited for. */
  waiting: boolean;
}

/** What is to be seen. A field that a later step finds wrong is shown again. */
export function viewOf(
  situation: MailFormSituation,
  stage: MailFormStage,
  failure: Failure | undefined,
): MailFormView {
  const { plan, texts } = situation;
  const { sentTo, done } = stage;
  const finishing = isFinishing(situation, stage);
  const waiting = sentTo !== undefined;
  const asked = askedFields(situation, stage);
  const wrong = Object.keys(failure?.fields ?? {});
  const view = {
    ownHidden: waiting && wrong.every((name) => asked.some((field) => field.name === name)),
    hint: finishing ? plan.hint : undefined,
    words: finishing ? plan.finishes : plan.asks,
    waiting,
  };
  if (done) return { ...view, notice: { title: texts.done, text: doneWords(situation, done) } };
  if (plan.closed) return { ...view, notice: { text: plan.closed } };
  const fields = asked.map((field) => {
    const hidden =
      waiting && plan.first.some(({ name }) => name === field.name) && !wrong.includes(field.name);
    return { ...field, hidden };
  });
  const notice = waiting ? { title: texts.checkMail, text: plan.sentTo(sentTo) } : undefined;
  return { ...view, fields, notice };
}

function doneWords({ plan, texts }: MailFormSituation, session: Session): string {
  if (session.status === "pending") return texts.anotherStep(session.next);
  return plan.done(session.isAuthenticated ? displayName(session.user) : "");
}

function isFinishing({ token }: MailFormSituation, { sentTo }: MailFormStage): boolean {
  return token !== undefined || sentTo !== undefined;
}

function askedFields(situation: MailFormSituation, stage: MailFormStage): readonly Field[] {
  const { plan, token, texts } = situation;
  // Who opened the link need not say where it was sent.
  if (token) return [...plan.first.filter(({ name }) => name !== "email"), ...plan.more];
  return stage.sentTo === undefined ? plan.first : [...plan.first, codeField(texts), ...plan.more];
}
