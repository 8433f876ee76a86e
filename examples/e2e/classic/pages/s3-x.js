// S3-X: the API is another origin, and the token is in a header of its answers.
import { run } from "./s3.js";

await run({
  credentials: "include",
  findToken: async (ask) => (await ask("csrf/")).answer.headers.get("X-CSRFToken"),
});
