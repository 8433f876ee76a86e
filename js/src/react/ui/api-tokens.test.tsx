import { show } from "../../../testing/react.js";
import { describeTokens } from "../../../testing/tokens.js";
import { ApiTokens } from "./api-tokens.js";

describeTokens(() => show(<ApiTokens />));
