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

/** What is said elsewhere in a session, or only of the agent's own workings. */
const background = new Set(["hook", "plugin", "config", "turn", "model-call", "metric", "sandbox"]);
const oncePerSession = new Set(["session-start", "session-end"]);
const nearMs = 10_000;

/**
 * The events without which a session cannot be understood. What belongs to a run that is shown, what two sources tell alike and what an
 * agent says of its own workings is left out; what Cordon refused or asked, what failed and what is not known never is.
 */
export function essentials(runs: Run[], events: AgentEvent[]): AgentEvent[] {
  const calls = new Set(runs.map((run) => run.toolCallId).filter(Boolean));
  const ofRun = (event: AgentEvent) =>
    event.runId !== null || (event.toolCallId !== null && calls.has(event.toolCallId));
  const answered = new Set(events.filter((each) => each.attested).map((each) => each.toolCallId));
  const shown: AgentEvent[] = [];
  for (const event of events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const said = (other: AgentEvent) => other.kind === event.kind && other.id !== event.id;
    if (
      background.has(event.kind) ||
      (oncePerSession.has(event.kind) && shown.some(said)) ||
      (event.kind === "decision" && !matters(event, ofRun(event), answered)) ||
      (event.kind === "permission" && event.toolCallId !== null) ||
      (event.kind === "tool-call" &&
        (ofRun(event) ||
          shown.some((other) => said(other) && other.toolCallId === event.toolCallId))) ||
      (event.kind === "tool-result" && (ofRun(event) || event.outcome !== "failed")) ||
      (event.kind === "prompt" &&
        events.some((other) => said(other) && repeats(event, other, shown)))
    ) {
      continue;
    }
    shown.push(event);
  }
  return shown;
}

function matters(event: AgentEvent, ofRun: boolean, answered: Set<string | null>): boolean {
  if (event.attested) {
    return event.decision !== "allow" || !ofRun;
  }
  return event.outcome !== null || !(ofRun || answered.has(event.toolCallId));
}

/** Whether the other one says the same prompt, and is shown or says more. */
function repeats(event: AgentEvent, other: AgentEvent, shown: AgentEvent[]): boolean {
  const near = Math.abs(Date.parse(event.at) - Date.parse(other.at)) <= nearMs;
  return (
    near &&
    ((event.text === other.text && shown.includes(other)) || (!event.text && Boolean(other.text)))
  );
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
  if (event.attested && event.decision) {
    return `Cordon answers the agent's hook${event.tool ? `: ${event.tool}` : ""}`;
  }
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
