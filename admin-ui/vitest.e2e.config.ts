import { defineConfig } from "vitest/config";

/** The built console in a real browser: `npm run build`, then `npm run e2e`. */
export default defineConfig({
  test: {
    include: ["e2e/**/*.e2e.ts"],
    environment: "node",
    reporters: ["default", "./e2e/reporter.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time: what is slow here is the browser, and the machine has few cores.
    fileParallelism: false,
    passWithNoTests: false,
  },
});
