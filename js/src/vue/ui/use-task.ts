import { onMounted, type ShallowRef } from "vue";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createTask, type Task, type TaskState } from "../../ui/task.js";
import { useStore } from "../use-store.js";
import { useTexts } from "./texts.js";

/** The life of a button: whether it is at work, and what became of that. */
export function useTask(): [Readonly<ShallowRef<TaskState>>, Task["run"]] {
  const texts = useTexts();
  const task = createTask(() => texts.value);
  onMounted(prepareAnnouncer);
  return [useStore(task), task.run];
}
