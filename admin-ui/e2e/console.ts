import { createServer, type Server, type ServerResponse } from "node:http";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { answer } from "../mock/node.ts";
import { seed, type MockState } from "../mock/seed.ts";

const dist = join(import.meta.dirname, "../target/dist");

/** As the server sends it, so that what it forbids fails here too. */
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export interface Console {
  url: string;
  state: MockState;
  close: () => Promise<void>;
}

/** The built bundle over the mock API, on a port of its own, with a state of its own. */
export async function startConsole(): Promise<Console> {
  if (!existsSync(join(dist, "index.html"))) {
    throw new Error(
      "target/dist/index.html is missing (expected: npm run build before npm run e2e)",
    );
  }
  const state = seed(Date.now);
  const server = createServer((incoming, outgoing) => {
    answer(state, incoming, outgoing)
      .then((answered) => (answered ? undefined : file(incoming.url ?? "/", outgoing)))
      .catch((error: unknown) => {
        outgoing.statusCode = 500;
        outgoing.end(String(error));
      });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    state,
    close: () => stop(server),
  };
}

/** A path without an extension is a view of the console: it gets the one page there is. */
async function file(url: string, outgoing: ServerResponse): Promise<void> {
  const path = normalize(new URL(url, "http://localhost").pathname);
  const type = types[extname(path)];
  try {
    const body = await readFile(join(dist, type ? path : "index.html"));
    outgoing.setHeader("Content-Type", type ?? types[".html"]!);
    outgoing.setHeader("Content-Security-Policy", contentSecurityPolicy);
    outgoing.end(body);
  } catch {
    outgoing.statusCode = 404;
    outgoing.end();
  }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}
