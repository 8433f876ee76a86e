import type { ComputedRef, InjectionKey } from "vue";
import type { Auth } from "../auth.js";
import type { AllTexts } from "../ui/texts.js";

// Apart from what uses them, so that an app without our components does not carry our words.
export const AUTH: InjectionKey<Auth> = Symbol("auth");
export const TEXTS: InjectionKey<ComputedRef<Partial<AllTexts>>> = Symbol("texts");
