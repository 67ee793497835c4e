import { commandLine } from "../src/investigation/arguments.ts";
import { describe, expect, it } from "vitest";
import type { Run, SpanEvent } from "../src/api/types.ts";
import { outcome } from "../src/investigation/outcome.ts";
import { processTree } from "../src/investigation/process-tree.ts";
import { shortSession } from "../src/investigation/session-name.ts";

const ended = (more: Partial<Run>) =>
  outcome({
    decision: "allow",
    enforced: true,
    exitCode: 0,
    limitsHit: [],
    outcome: "completed",
    ...more,
  }).text;

describe("how a run ended", () => {
  it("is told by its exit status", () => {
    expect(ended({})).toBe("Exit 0");
    expect(ended({ exitCode: 137 })).toBe("Exit 137");
  });

  it("is told by the limit before the exit status", () => {
    expect(ended({ exitCode: 137, limitsHit: ["memory"] })).toBe("Limit reached: memory");
  });

  it("is not run when denied, but run all the same in audit mode", () => {
    expect(ended({ decision: "deny", exitCode: null })).toBe("Not run");
    expect(ended({ decision: "prompt", exitCode: null })).toBe("Not run: needs approval");
    expect(ended({ decision: "deny", enforced: false })).toBe("Exit 0");
  });

  it.each([
    ["killed", "Killed"],
    ["failed-to-start", "Failed to start"],
    ["lost", "Lost: the service ended first"],
    [null, "No exit status"],
  ])("without an exit status is what the record calls %s", (recorded, words) => {
    expect(ended({ exitCode: null, outcome: recorded })).toBe(words);
  });
});

const event = (name: string, attributes: Record<string, unknown>): SpanEvent => ({
  name,
  at: "2026-03-01T12:00:00Z",
  attributes,
});

describe("the process tree", () => {
  it("hangs each process under the one that made it and keeps its exit status", () => {
    const [root, ...others] = processTree([
      event("process.exec", {
        "process.pid": 10,
        "process.parent_pid": 1,
        "process.executable.path": "/bin/sh",
      }),
      event("process.fork", { "process.pid": 11, "process.parent_pid": 10 }),
      event("process.exec", {
        "process.pid": 11,
        "process.parent_pid": 10,
        "process.executable.path": "/bin/ls",
      }),
      event("process.exit", {
        "process.pid": 11,
        "process.parent_pid": 10,
        "process.exit.code": 2,
      }),
    ]);
    expect(others).toEqual([]);
    expect(root).toMatchObject({
      pid: 10,
      executable: "/bin/sh",
      exitCode: null,
      children: [{ pid: 11, executable: "/bin/ls", exitCode: 2 }],
    });
  });

  it("says what each program was asked to do, for who may read it", () => {
    const events = [
      event("process.fork", { "process.pid": 10 }),
      event("process.exec", { "process.pid": 10, "process.executable.path": "/usr/bin/curl" }),
    ];
    const content = { "events.1.process.command_args": ["curl", "-s", "https://example.com"] };
    expect(processTree(events, content)).toMatchObject([
      { pid: 10, executable: "/usr/bin/curl", args: ["curl", "-s", "https://example.com"] },
    ]);
    expect(processTree(events, null)).toMatchObject([{ pid: 10, args: null }]);
  });

  it("reads numbers that arrive as text, as 64-bit ones do", () => {
    expect(
      processTree([event("process.exit", { "process.pid": "7", "process.exit.code": "0" })]),
    ).toMatchObject([{ pid: 7, exitCode: 0 }]);
  });

  it("passes over events of other kinds and without a pid", () => {
    expect(processTree([event("exception", {}), event("process.fork", {})])).toEqual([]);
  });
});

describe("a session's name", () => {
  it("is short for an id that was derived, and the id itself otherwise", () => {
    expect(shortSession("0b5f2c1e-7a31-4f0e-9c55-2d6a8b1f4e01/anna/3")).toBe("anna, login 3");
    expect(shortSession("codex-7f3a")).toBe("codex-7f3a");
  });
});

describe("an argument vector", () => {
  it("is shown as one could type it", () => {
    expect(commandLine(["sh", "-c", "echo it's; exit 3", "a/b-c=1", ""])).toBe(
      `sh -c 'echo it'\\''s; exit 3' a/b-c=1 ''`,
    );
  });
});
