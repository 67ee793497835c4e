import { http, HttpResponse } from "msw";
import type { Endpoint } from "../src/api/types.ts";
import { page, problem, record, refusal, sessionOf } from "./answers.ts";
import type { MockState } from "./seed.ts";

const notFound = () => problem(404, "fleet.endpoint-not-found", "There is no such endpoint");

export function fleetHandlers(state: MockState) {
  const find = (id: unknown) => state.endpoints.find((endpoint) => endpoint.id === id);
  const change = (to: "disable" | "enable") =>
    http.post(`*/admin/v1/endpoints/:id/${to}`, async ({ request, params }) => {
      const no = refusal(state, request, "fleet.manage");
      const endpoint = find(params["id"]);
      if (no || !endpoint) {
        return no ?? notFound();
      }
      const { reason } = (await request.json()) as { reason: string };
      endpoint.state = to === "disable" ? "disabled" : "in-force";
      record(state, sessionOf(state, request)!.user, `fleet.${to}`, endpoint.id, reason);
      return new HttpResponse(null, { status: 204 });
    });
  return [
    http.get("*/admin/v1/endpoints", ({ request }) => {
      const url = new URL(request.url);
      const q = (url.searchParams.get("q") ?? "").toLowerCase();
      const wanted = url.searchParams.get("state");
      const no = refusal(state, request);
      return (
        no ??
        page(
          url,
          state.endpoints.filter(
            (each) =>
              (!wanted || each.state === wanted) &&
              `${each.hostname} ${each.group} ${each.policyName}`.toLowerCase().includes(q),
          ),
        )
      );
    }),
    http.get("*/admin/v1/endpoints/:id", ({ request, params }) => {
      const no = refusal(state, request);
      const endpoint = find(params["id"]);
      return no ?? (endpoint ? HttpResponse.json(endpoint) : notFound());
    }),
    http.get("*/admin/v1/endpoints/:id/effective-policy", ({ request, params }) => {
      const no = refusal(state, request);
      const endpoint = find(params["id"]);
      return no ?? (endpoint ? HttpResponse.json(effective(endpoint)) : notFound());
    }),
    http.get("*/admin/v1/endpoints/:id/runs", ({ request, params }) => {
      const no = refusal(state, request);
      return (
        no ??
        page(
          new URL(request.url),
          state.runs.filter((run) => run.endpointId === params["id"]),
        )
      );
    }),
    change("disable"),
    change("enable"),
    http.get("*/admin/v1/enrollment-tokens", ({ request }) => {
      const no = refusal(state, request, "enrollment.read");
      return no ?? page(new URL(request.url), state.tokens);
    }),
    http.post("*/admin/v1/enrollment-tokens", async ({ request }) => {
      const no = refusal(state, request, "enrollment.manage");
      if (no) {
        return no;
      }
      const wish = (await request.json()) as {
        group: string;
        tags: Record<string, string>;
        expiresInHours: number;
        reason: string;
      };
      const id = `MOCKTOKEN${String(state.tokens.length).padStart(7, "2")}`;
      const expiresAt = new Date(state.now() + wish.expiresInHours * 3_600_000).toISOString();
      const user = sessionOf(state, request)!.user;
      state.tokens.unshift({
        id,
        group: wish.group,
        tags: wish.tags,
        createdBy: user,
        createdAt: new Date(state.now()).toISOString(),
        expiresAt,
        state: "unused",
        usedBy: null,
      });
      record(state, user, "enrollment.issue", id, wish.reason);
      const token = `cet1.${id}.${"s3cr3t".repeat(7)}w.${"p1n-".repeat(10)}abc`;
      return HttpResponse.json({ id, token, group: wish.group, expiresAt }, { status: 201 });
    }),
    http.delete("*/admin/v1/enrollment-tokens/:id", ({ request, params }) => {
      const no = refusal(state, request, "enrollment.manage");
      const token = state.tokens.find(({ id }) => id === params["id"]);
      if (no || !token) {
        return (
          no ?? problem(404, "enrollment.token-not-found", "There is no such enrollment token")
        );
      }
      token.state = "revoked";
      return new HttpResponse(null, { status: 204 });
    }),
  ];
}

function effective(endpoint: Endpoint) {
  const version = 2;
  const base = { target: "policies/balanced.yaml", kind: "base", revision: version };
  const narrowed = {
    target: "tightenings/payments-hosts.yaml",
    kind: "tightening",
    revision: 1,
  };
  return {
    policy: {},
    digest:
      endpoint.effectivePolicy?.policyVersion === version
        ? endpoint.effectivePolicy.digest
        : "e".repeat(64),
    matchesReported: endpoint.effectivePolicy
      ? endpoint.effectivePolicy.policyVersion === version
      : null,
    notices: [
      "network.mode proxy is not available yet: it holds as offline",
      "tightening payments-hosts: policy balanced does not name codex; its settings are managed from here on",
    ],
    provenance: [
      { ...base, pointer: "/mode", value: "enforce", line: 9 },
      { ...base, pointer: "/filesystem/read/deny/0", value: "~/.ssh", line: 12 },
      { ...base, pointer: "/filesystem/read/deny/1", value: "~/.aws", line: 12 },
      { ...narrowed, pointer: "/filesystem/read/deny/2", value: "~/payments-keys", line: 10 },
      { ...base, pointer: "/filesystem/write/roots/0", value: "${workspace}", line: 14 },
      { ...base, pointer: "/network/mode", value: "offline", line: 17 },
      { ...base, pointer: "/commands/rules/0/id", value: "no-force-push", line: 31 },
      { ...narrowed, pointer: "/agents/codex/minVersion", value: "0.170", line: 12 },
      { ...narrowed, pointer: "/agents/gemini/use", value: "deny", line: 13 },
      {
        pointer: "/telemetry/retainDays",
        value: "30",
        line: 0,
        target: "",
        kind: "builtin",
        revision: 0,
      },
    ],
  };
}
