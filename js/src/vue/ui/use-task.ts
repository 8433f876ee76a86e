import { computed, onMounted, type Ref } from "vue";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createTask, type ShownTask, shownTask, type Task } from "../../ui/task.js";
import { useStore } from "../use-store.js";
import { useTexts } from "./texts.js";

/** The life of a button: whether it is at work, and what became of that. */
export function useTask(): [Readonly<Ref<ShownTask>>, Task["run"]] {
  const texts = useTexts();
  const task = createTask(() => texts.value);
  onMounted(prepareAnnouncer);
  const state = useStore(task);
  return [computed(() => shownTask(state.value, texts.value)), task.run];
}
