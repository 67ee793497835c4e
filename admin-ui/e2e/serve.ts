import { startConsole } from "./console.ts";

/** `npm run mock`: the built console over the mock API, to look at it by hand. */
const { url } = await startConsole();
console.log(`${url} (sign in as admin, vera or ben, password "correct horse")`);
