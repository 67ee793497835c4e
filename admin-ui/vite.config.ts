import { defineConfig, type UserConfig } from "vite";

/** `npm run dev` talks to a real server when CORDON_SERVER names one, else to the mock handlers of the tests. */
const server = process.env["CORDON_SERVER"];

export default defineConfig(async ({ command }): Promise<UserConfig> => ({
  plugins:
    command === "serve" && !server ? [(await import("./mock/vite-plugin.ts")).mockApi()] : [],
  esbuild: { jsx: "automatic" },
  build: {
    outDir: "target/dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor and PatternFly are each one chunk that changes rarely; 900 kB raw is about 250 kB on the wire.
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      onwarn(warning, warn) {
        // "use client" means something to server rendering only.
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") {
          warn(warning);
        }
      },
    },
  },
  server: server
    ? { proxy: { "/admin": { target: server, secure: false, changeOrigin: true } } }
    : {},
}));
