import { defineConfig } from "vitest/config";
import { patience } from "./e2e/patience.ts";

/** The built console in a real browser: `npm run build`, then `npm run e2e`. */
export default defineConfig({
  test: {
    include: ["e2e/**/*.e2e.ts"],
    environment: "node",
    reporters: ["default", "./e2e/reporter.ts"],
    // These serve to end what hangs; a busy machine is no failure. One step has `patience`, a test several of them.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: patience } },
    // One browser at a time: what is slow here is the browser, and the machine has few cores.
    fileParallelism: false,
    passWithNoTests: false,
  },
});
