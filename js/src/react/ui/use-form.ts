import { useEffect, useRef, useState } from "react";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createForm, type Form, type FormState } from "../../ui/form.js";
import { useStore } from "../use-store.js";
import { useTexts } from "./texts.js";

/** The life of a form. */
export function useForm(): FormState & Pick<Form, "submit" | "refuse" | "pause"> {
  const latest = useLatest(useTexts());
  const [form] = useState(() => createForm(() => latest.current));
  useEffect(prepareAnnouncer, []);
  return { ...form, ...useStore(form) };
}

/** The value of the last render, for what runs between renders. */
export function useLatest<T>(value: T) {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
