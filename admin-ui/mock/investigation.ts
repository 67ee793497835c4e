import { http, HttpResponse } from "msw";
import type { AgentEvent, Run, SessionSummary } from "../src/api/types.ts";
import { page, problem, refusal, sessionOf } from "./answers.ts";
import { sessionId, type MockState } from "./seed.ts";

function summarise(id: string, runs: Run[]): SessionSummary {
  const times = runs.map((run) => run.startedAt).toSorted();
  return {
    id,
    name: runs[0]!.sessionName,
    endpointId: runs[0]!.endpointId,
    hostname: runs[0]!.hostname,
    user: runs[0]!.user,
    agent: "codex",
    startedAt: times[0]!,
    lastAt: times.at(-1)!,
    runs: runs.length,
    denied: runs.filter((run) => run.decision !== "allow").length,
    failed: runs.filter((run) => run.decision === "allow" && run.exitCode !== 0).length,
  };
}

/** What the coding agent would have told of each run: that it calls a tool, right before. */
function eventsOf(runs: Run[], readable: boolean): AgentEvent[] {
  return runs.map((run) => ({
    id: `${run.spanId}-call`,
    at: new Date(Date.parse(run.startedAt) - 20).toISOString(),
    kind: "tool-call",
    agent: "codex",
    original: "codex.tool_call_received",
    traceId: run.traceId,
    toolCallId: run.toolCallId,
    tool: "exec_command",
    model: null,
    decision: null,
    rule: null,
    reason: null,
    outcome: null,
    runId: null,
    join: "none",
    sender: "/usr/bin/codex",
    text: readable ? run.command : null,
    attested: false,
  }));
}

export function investigationHandlers(state: MockState) {
  const mayRead = (request: Request) =>
    sessionOf(state, request)?.permissions.includes("content.read") ?? false;
  const hidden = (run: Run): Run => ({ ...run, command: null });
  return [
    http.get("*/admin/v1/sessions", ({ request }) => {
      const url = new URL(request.url);
      const is = (name: string) => url.searchParams.get(name) ?? "";
      const matching = state.runs.filter(
        (run) =>
          `${run.sessionName} ${run.user} ${run.hostname}`.includes(is("q")) &&
          (!is("user") || run.user === is("user")) &&
          (!is("endpoint") || run.endpointId === is("endpoint")) &&
          (!is("decision") || run.decision === is("decision")) &&
          (!is("from") || run.startedAt >= is("from")) &&
          (!is("to") || run.startedAt <= is("to")),
      );
      const ids = [...new Set(matching.map((run) => run.sessionId))];
      return (
        refusal(state, request) ??
        page(
          url,
          ids.map((id) =>
            summarise(
              id,
              state.runs.filter((run) => run.sessionId === id),
            ),
          ),
        )
      );
    }),
    http.get("*/admin/v1/sessions/:id", ({ request, params }) => {
      const id = String(params["id"]);
      const runs = state.runs.filter((run) => run.sessionId === id);
      const no = refusal(state, request);
      if (no || runs.length === 0) {
        return no ?? problem(404, "investigation.session-not-found", "There is no such session");
      }
      return HttpResponse.json({
        ...summarise(id, runs),
        runsTruncated: false,
        events: eventsOf(runs, mayRead(request)),
        eventsTruncated: false,
        runs: mayRead(request) ? runs : runs.map(hidden),
      });
    }),
    http.get("*/admin/v1/traces/:id", ({ request, params }) => {
      const spans = state.spans.get(String(params["id"]));
      const no = refusal(state, request);
      if (no || !spans) {
        return no ?? problem(404, "investigation.trace-not-found", "There is no such trace");
      }
      return HttpResponse.json({
        traceId: params["id"],
        sessionId,
        truncated: false,
        spans: mayRead(request) ? spans : spans.map((span) => ({ ...span, content: null })),
      });
    }),
  ];
}
