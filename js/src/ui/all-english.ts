import { activityEnglish } from "./activity-english.js";
import { devicesEnglish } from "./devices-english.js";
import { english as most } from "./english.js";
import { socialEnglish } from "./social-english.js";
import type { AllTexts } from "./texts.js";
import { tokensEnglish } from "./tokens-english.js";

/** Every English word. The components import only the part that they show. */
export const english: AllTexts = {
  ...most,
  ...activityEnglish,
  ...devicesEnglish,
  ...socialEnglish,
  ...tokensEnglish,
};
