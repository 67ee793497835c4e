import type { Plugin } from "vite";
import { answer } from "./node.ts";
import { seed } from "./seed.ts";

/** `npm run dev` without a server: sign in as admin, password "correct horse". */
export function mockApi(): Plugin {
  return {
    name: "cordon-mock-api",
    configureServer(server) {
      const state = seed(Date.now);
      server.middlewares.use((incoming, outgoing, next) => {
        answer(state, incoming, outgoing).then((answered) => answered || next(), next);
      });
    },
  };
}
