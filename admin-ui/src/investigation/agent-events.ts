import type { AgentEvent, Run } from "../api/types.ts";

/** One line of a session's timeline: what Cordon saw run, or what the coding agent tells. */
export type Moment =
  | { at: string; run: Run; event?: never }
  | { at: string; run?: never; event: AgentEvent };

/** Runs and events by time; where both have the same time, what was told comes before what was seen. */
export function timeline(runs: Run[], events: AgentEvent[]): Moment[] {
  const told: Moment[] = events.map((event) => ({ at: event.at, event }));
  const seen: Moment[] = runs.map((run) => ({ at: run.startedAt, run }));
  return [...told, ...seen].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const titles: Record<string, string> = {
  "session-start": "Session starts",
  "session-end": "Session ends",
  turn: "Turn",
  prompt: "Prompt",
  "model-call": "Model call",
  "model-response": "Model says",
  "tool-call": "Tool call",
  decision: "Decision",
  "tool-result": "Tool result",
  sandbox: "The agent's own sandbox",
  hook: "Hook",
  mcp: "MCP server",
  plugin: "Plugin",
  config: "Settings",
  permission: "Permission mode",
  auth: "Sign-in",
  network: "Network",
  error: "Error",
  metric: "Metric",
  "cordon.gateway.incomplete": "Telemetry is incomplete",
  "cordon.gateway.filtered": "Left out by the endpoint",
};

/** For example "Decision: approved, exec_command". An agent's decision is never worded as Cordon's. */
export function eventTitle(event: AgentEvent): string {
  const facts = [event.decision, event.outcome, event.tool, event.tool ? null : event.model].filter(
    Boolean,
  );
  const title = titles[event.kind] ?? event.kind;
  return facts.length > 0 ? `${title}: ${facts.join(", ")}` : title;
}

const joins: Record<string, string> = {
  "tool-call": "same tool call",
  trace: "same trace",
  run: "sent from within it",
  "process-time": "same process at that time",
};

/** How well it is known that an event belongs to a run. */
export function joinWords(join: string): string {
  return joins[join] ?? "not known how";
}
