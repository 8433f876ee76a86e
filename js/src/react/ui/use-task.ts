import { useEffect, useState } from "react";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createTask, type Task, type TaskState } from "../../ui/task.js";
import { useStore } from "../use-store.js";
import { useTexts } from "./texts.js";
import { useLatest } from "./use-form.js";

/** The life of a button: whether it is at work, and what became of that. */
export function useTask(): [TaskState, Task["run"]] {
  const latest = useLatest(useTexts());
  const [task] = useState(() => createTask(() => latest.current));
  useEffect(prepareAnnouncer, []);
  return [useStore(task), task.run];
}
