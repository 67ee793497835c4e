import { describe, expect, it } from "vitest";
import type { AgentEvent, Run } from "../src/api/types.ts";
import { eventTitle, joinWords, timeline } from "../src/investigation/agent-events.ts";

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

describe("an event", () => {
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
