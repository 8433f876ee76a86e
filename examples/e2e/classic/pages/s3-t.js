// S3-T: Django serves the page, and the token is in the cookie.
import { run } from "./s3.js";
import { cookieCalled } from "./view.js";

await run({ credentials: "same-origin", findToken: () => cookieCalled("csrftoken") });
