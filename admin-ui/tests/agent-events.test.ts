import { describe, expect, it } from "vitest";
import type { AgentEvent, Run } from "../src/api/types.ts";
import { essentials, eventTitle, joinWords, timeline } from "../src/investigation/agent-events.ts";

const event = (more: Partial<AgentEvent>) =>
  ({ id: "e", at: "2026-11-23T10:00:00Z", kind: "prompt", ...more }) as AgentEvent;
const run = (startedAt: string) => ({ startedAt }) as Run;

describe("the timeline of a session", () => {
  it("has runs and events in the order of time, whatever the precision of their times", () => {
    const shown = timeline(
      [run("2026-11-23T10:00:00.015Z")],
      [
        event({ id: "result", at: "2026-11-23T10:00:01Z" }),
        event({ id: "prompt", at: "2026-11-23T10:00:00Z" }),
        event({ id: "call", at: "2026-11-23T10:00:00.010Z" }),
      ],
    );
    expect(shown.map((each) => each.event?.id ?? "run")).toEqual([
      "prompt",
      "call",
      "run",
      "result",
    ]);
  });

  it("tells before it shows what was seen at the same time", () => {
    const at = "2026-11-23T10:00:00Z";
    expect(timeline([run(at)], [event({ at })]).map((each) => Boolean(each.event))).toEqual([
      true,
      false,
    ]);
  });
});

describe("the essentials of a session", () => {
  const at = (ms: number) => new Date(Date.parse("2026-11-23T10:00:00Z") + ms).toISOString();
  const told = (id: string, kind: string, more: Partial<AgentEvent> = {}) =>
    event({
      id,
      kind,
      at: at(0),
      attested: false,
      decision: null,
      outcome: null,
      toolCallId: null,
      runId: null,
      text: null,
      ...more,
    });
  const answer = (id: string, decision: string, toolCallId: string) =>
    told(id, "decision", { attested: true, decision, toolCallId });
  const ran = (toolCallId: string) => ({ startedAt: at(5), toolCallId }) as Run;
  const ids = (runs: Run[], events: AgentEvent[]) =>
    essentials(runs, events).map((each) => each.id);

  it("leave out an agent's own workings, and nothing that is not known", () => {
    expect(
      ids(
        [],
        [
          told("1", "hook"),
          told("2", "model-call"),
          told("3", "plugin"),
          told("4", "metric"),
          told("5", "error"),
          told("6", "something-new"),
          told("7", "cordon.gateway.incomplete"),
          told("8", "mcp"),
        ],
      ),
    ).toEqual(["5", "6", "7", "8"]);
  });

  it("leave out what a run shows better", () => {
    expect(
      ids(
        [ran("a")],
        [
          told("call", "tool-call", { toolCallId: "a" }),
          answer("allow", "allow", "a"),
          told("claimed", "decision", { decision: "approved", toolCallId: "a" }),
          told("joined", "tool-call", { toolCallId: "b", runId: "r" }),
          told("result", "tool-result", { toolCallId: "a", outcome: "failed" }),
        ],
      ),
    ).toEqual([]);
  });

  it("keep what was refused or asked, with the call, whatever else is there", () => {
    expect(
      ids(
        [ran("b")],
        [
          told("call", "tool-call", { toolCallId: "a", text: "rm -rf /" }),
          told("again", "tool-call", { toolCallId: "a", at: at(1) }),
          answer("deny", "deny", "a"),
          answer("ask", "ask", "b"),
          told("outcome", "decision", { outcome: "denied", toolCallId: "b" }),
          told("failed", "tool-result", { toolCallId: "c", outcome: "failed" }),
        ],
      ),
    ).toEqual(["call", "deny", "ask", "outcome", "failed"]);
  });

  it("keep what a tool without a command was allowed to do", () => {
    expect(
      ids([], [told("call", "tool-call", { toolCallId: "a" }), answer("yes", "allow", "a")]),
    ).toEqual(["call", "yes"]);
  });

  it("say a prompt once, and two prompts twice", () => {
    expect(
      ids(
        [],
        [
          told("hook", "prompt", { text: "fix it" }),
          told("otlp", "prompt", { text: "fix it", at: at(9) }),
          told("empty", "prompt", { at: at(20) }),
          told("later", "prompt", { text: "fix it", at: at(60_000) }),
        ],
      ),
    ).toEqual(["hook", "later"]);
  });

  it("say once that a session starts", () => {
    expect(
      ids([], [told("1", "session-start"), told("2", "session-start", { at: at(3) })]),
    ).toEqual(["1"]);
  });
});

describe("an event", () => {
  it("in which Cordon answers is never worded as the agent's", () => {
    expect(
      eventTitle(event({ kind: "decision", attested: true, decision: "deny", tool: "Bash" })),
    ).toBe("Cordon answers the agent's hook: Bash");
  });

  it("is named by its kind and what is known of it", () => {
    expect(eventTitle(event({}))).toBe("Prompt");
    expect(
      eventTitle(event({ kind: "decision", decision: "approved", tool: "exec_command" })),
    ).toBe("Decision: approved, exec_command");
    expect(eventTitle(event({ kind: "model-call", model: "gpt-5-codex" }))).toBe(
      "Model call: gpt-5-codex",
    );
    expect(eventTitle(event({ kind: "something-new" }))).toBe("something-new");
  });

  it("says how well its run is known", () => {
    expect(joinWords("run")).toBe("sent from within it");
    expect(joinWords("?")).toBe("not known how");
  });
});
