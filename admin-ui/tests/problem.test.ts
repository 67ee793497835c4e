import { describe, expect, it } from "vitest";
import { explain, isTransient, Problem } from "../src/api/problem.ts";

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
}

describe("a refusal of the server", () => {
  it("is read from problem details", async () => {
    const errors = [{ line: 3, column: 1, pointer: "/spec", message: "m", remedy: "r" }];
    const problem = await Problem.of(
      answer(422, { title: "T", detail: "D", code: "policy.document-invalid", errors }),
    );
    expect(problem).toMatchObject({
      status: 422,
      code: "policy.document-invalid",
      detail: "D",
      errors,
    });
  });

  it("has a code even when something between answers with a page of its own", async () => {
    const problem = await Problem.of(answer(502, "<h1>Bad gateway</h1>"));
    expect(problem.code).toBe("http.502");
    expect(explain(problem).title).toBe("The server answered 502");
  });

  it("says how long to wait after too many attempts", async () => {
    const problem = await Problem.of(
      answer(429, { code: "access.rate-limited" }, { "Retry-After": "300" }),
    );
    expect(explain(problem).body).toBe("Wait 5 minutes, then try again.");
  });

  it("shows the server's own words for a code it does not know", () => {
    const problem = new Problem({
      status: 409,
      code: "rollout.halted",
      title: "Halted",
      detail: "Why",
    });
    expect(explain(problem)).toEqual({ title: "Halted", body: "Why" });
  });

  it("keeps the server's detail where it says more than we can", () => {
    const problem = new Problem({
      status: 403,
      code: "access.forbidden",
      detail: "policy.publish is needed",
    });
    expect(explain(problem).body).toBe("policy.publish is needed");
  });
});

describe("a failure before any answer", () => {
  it("is told as the server being out of reach", () => {
    expect(explain(new TypeError("Failed to fetch")).title).toBe("The server cannot be reached");
  });

  it("is worth another try, as is a failing server, but a refusal is not", () => {
    expect(isTransient(new TypeError("Failed to fetch"))).toBe(true);
    expect(isTransient(new Problem({ status: 503, code: "platform.unavailable" }))).toBe(true);
    expect(isTransient(new Problem({ status: 404, code: "policy.not-found" }))).toBe(false);
  });
});
