// S3-S and S3-D: behind one proxy with Django, and the token is in a header.
import { run } from "./s3.js";

await run({
  credentials: "same-origin",
  findToken: async (ask) => (await ask("csrf/")).answer.headers.get("X-CSRFToken"),
});
