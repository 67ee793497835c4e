import type { IncomingMessage, ServerResponse } from "node:http";
import { getResponse } from "msw";
import { handlers } from "./handlers.ts";
import type { MockState } from "./seed.ts";

/** Answers /admin/v1 with the mock handlers; false for any other path. */
export async function answer(
  state: MockState,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<boolean> {
  const url = new URL(incoming.url ?? "/", "http://localhost");
  if (!url.pathname.startsWith("/admin/v1")) {
    return false;
  }
  const method = incoming.method ?? "GET";
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, String(value));
  }
  const request = new Request(url, {
    method,
    headers,
    body: method === "GET" || method === "HEAD" ? undefined : Buffer.concat(chunks),
  });
  const response = await getResponse(handlers(state), request);
  outgoing.statusCode = response?.status ?? 404;
  response?.headers.forEach((value, name) => outgoing.setHeader(name, value));
  outgoing.end(response ? Buffer.from(await response.arrayBuffer()) : "");
  return true;
}
