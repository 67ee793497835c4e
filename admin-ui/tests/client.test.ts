import { setupServer } from "msw/node";
import { http, HttpResponse } from "msw";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { get, onSignedOut, post, query, rememberCsrfToken } from "../src/api/client.ts";
import { handlers } from "../mock/handlers.ts";
import { seed } from "../mock/seed.ts";

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe("the API client", () => {
  it("leaves empty parameters out of the query", () => {
    expect(query({ q: "", state: undefined, limit: 50, cursor: "a b" })).toBe(
      "?limit=50&cursor=a+b",
    );
    expect(query({})).toBe("");
  });

  it("sends the anti-forgery header with changes only", async () => {
    const seen: (string | null)[] = [];
    server.use(
      http.all("*/admin/v1/thing", ({ request }) => {
        seen.push(request.headers.get("X-Cordon-CSRF"));
        return HttpResponse.json({});
      }),
    );
    rememberCsrfToken("t0ken");
    await get("/thing");
    await post("/thing");
    expect(seen).toEqual([null, "t0ken"]);
  });

  it("tells on any 401 that nobody is signed in, but not when the password was wrong", async () => {
    server.use(...handlers(seed(Date.now)));
    let told = 0;
    onSignedOut(() => told++);
    await expect(post("/session", { user: "admin", password: "x" })).rejects.toMatchObject({
      code: "access.bad-credentials",
    });
    expect(told).toBe(0);
    await expect(get("/endpoints")).rejects.toMatchObject({ code: "access.not-signed-in" });
    expect(told).toBe(1);
  });

  it("takes an empty answer for nothing", async () => {
    server.use(http.delete("*/admin/v1/thing", () => new HttpResponse(null, { status: 204 })));
    const { del } = await import("../src/api/client.ts");
    await expect(del("/thing")).resolves.toBeUndefined();
  });
});
