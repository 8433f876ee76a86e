import { useEffect, useState } from "react";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createTask, type ShownTask, shownTask, type Task } from "../../ui/task.js";
import { useStore } from "../use-store.js";
import { useTexts } from "./texts.js";
import { useLatest } from "./use-form.js";

/** The life of a button: whether it is at work, and what became of that. */
export function useTask(): [ShownTask, Task["run"]] {
  const texts = useTexts();
  const latest = useLatest(texts);
  const [task] = useState(() => createTask(() => latest.current));
  useEffect(prepareAnnouncer, []);
  return [shownTask(useStore(task), texts), task.run];
}
