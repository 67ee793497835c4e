import { http, HttpResponse } from "msw";
import { page, problem, refusal, sessionOf } from "./answers.ts";
import type { MockState } from "./seed.ts";

export function accessHandlers(state: MockState) {
  return [
    http.get("*/admin/v1/session/options", () =>
      HttpResponse.json({
        local: true,
        oidc: { enabled: true, loginUrl: "/admin/v1/session/oidc" },
      }),
    ),
    http.get("*/admin/v1/session", ({ request }) => {
      const session = sessionOf(state, request);
      return session
        ? HttpResponse.json(session)
        : problem(401, "access.not-signed-in", "Not signed in");
    }),
    http.post("*/admin/v1/session", async ({ request }) => {
      const { user, password } = (await request.json()) as { user: string; password: string };
      if (state.failedSignIns >= 5) {
        const refused = problem(429, "access.rate-limited", "Too many attempts");
        refused.headers.set("Retry-After", "300");
        return refused;
      }
      if (state.users[user]?.password !== password) {
        state.failedSignIns++;
        return problem(401, "access.bad-credentials", "User or password is wrong");
      }
      const token = `t${state.sessions.size + 1}`;
      state.sessions.set(token, user);
      const cookie = `cordon-session=${token}; Path=/; HttpOnly; SameSite=Strict`;
      const session = sessionOf(
        state,
        new Request(request.url, { headers: { Cookie: `cordon-session=${token}` } }),
      );
      return HttpResponse.json(session, { status: 201, headers: { "Set-Cookie": cookie } });
    }),
    http.delete("*/admin/v1/session", ({ request }) => {
      const no = refusal(state, request);
      if (no) {
        return no;
      }
      state.sessions.clear();
      return new HttpResponse(null, {
        status: 204,
        headers: { "Set-Cookie": "cordon-session=; Path=/; Max-Age=0" },
      });
    }),
    http.get("*/admin/v1/audit", ({ request }) => {
      const no = refusal(state, request, "audit.read");
      return no ?? page(new URL(request.url), state.audit);
    }),
    http.get("*/admin/v1/audit/verify", ({ request }) => {
      const no = refusal(state, request, "audit.read");
      return (
        no ?? HttpResponse.json({ intact: true, checked: state.audit.length, firstBroken: null })
      );
    }),
  ];
}
