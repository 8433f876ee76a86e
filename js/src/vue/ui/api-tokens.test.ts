import { h } from "vue";
import { describeTokens } from "../../../testing/tokens.js";
import { show } from "../../../testing/vue.js";
import { ApiTokens } from "./api-tokens.js";

describeTokens(() => show(() => h(ApiTokens)));
