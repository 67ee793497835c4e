import { defineConfig } from "vitest/config";

export default defineConfig({
  esbuild: { jsx: "automatic" },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    environment: "jsdom",
    setupFiles: ["tests/setup.ts"],
    css: false,
    // Serves to end what hangs; a busy machine is no failure.
    testTimeout: 60_000,
    env: { TZ: "UTC" },
  },
});
