import type {
  AuditEntry,
  Endpoint,
  EndpointInventory,
  EnrollmentToken,
  PolicyDetail,
  Role,
  Run,
  Span,
} from "../src/api/types.ts";
import { assignments, balanced, tightening } from "./documents.ts";
import { engineId, sessionId } from "./ids.ts";
import { inventories } from "./inventory.ts";

export interface MockPolicy extends Omit<PolicyDetail, "revisions"> {
  revisions: (PolicyDetail["revisions"][number] & { source: string })[];
}

export interface MockState {
  now: () => number;
  users: Record<string, { password: string; displayName: string; roles: Role[] }>;
  sessions: Map<string, string>;
  failedSignIns: number;
  endpoints: Endpoint[];
  /** By endpoint id; an endpoint that is not in it has reported nothing. */
  inventories: Record<string, EndpointInventory>;
  tokens: EnrollmentToken[];
  policies: MockPolicy[];
  runs: Run[];
  spans: Map<string, Span[]>;
  audit: AuditEntry[];
  targetsVersion: number;
}

const hex = (from: string, length: number) =>
  Array.from({ length }, (_, i) =>
    ((from.charCodeAt(i % from.length) * 7 + i * 13) % 16).toString(16),
  ).join("");

export { engineId, sessionId };

/** A small fleet with every state, one endpoint of which has worked. Times count back from `now`. */
export function seed(now: () => number): MockState {
  const ago = (seconds: number) => new Date(now() - seconds * 1000).toISOString();
  const ahead = (seconds: number) => ago(-seconds);
  const report = (version: number) => ({
    policyName: "balanced",
    policyVersion: version,
    digest: hex(`balanced${version}`, 64),
    mode: "enforce",
    targetsVersion: 3,
    rootVersion: 1,
    staleSince: null,
    documents: [
      {
        target: "policies/balanced.yaml",
        revision: version,
        digest: hex("b", 64),
        kind: "SandboxPolicy",
      },
    ],
    notices: ["network.mode proxy is not available yet: it holds as offline"],
  });
  const endpoint = (
    index: number,
    hostname: string,
    state: Endpoint["state"],
    more: Partial<Endpoint> = {},
  ): Endpoint => ({
    id: index === 0 ? engineId : `1c7d3e2f-0000-4000-8000-${String(index).padStart(12, "0")}`,
    hostname,
    os: "linux",
    osVersion: "Debian 13",
    group: "engineering",
    state,
    stateReason: "It enforces what is published.",
    agentVersion: "0.1.0",
    policyName: "balanced",
    policyVersion: 2,
    lastContactAt: ago(4 + index),
    enrolledAt: ago(86_400 * (index + 1)),
    arch: "x86_64",
    tags: { team: "payments", site: "zurich" },
    machineId: hex(hostname, 64),
    certificate: { serial: hex(hostname, 20), notBefore: ago(86_400), notAfter: ahead(6 * 86_400) },
    health: {
      healthy: true,
      components: [
        { name: "policy", healthy: true, status: "balanced revision 2" },
        { name: "enforcement", healthy: true, status: "bubblewrap 0.11" },
        { name: "spool", healthy: true, status: "0 records waiting" },
      ],
    },
    lastAttempt: { at: ago(60), status: "APPLIED", reason: "" },
    effectivePolicy: report(2),
    ...more,
  });

  const run = (index: number, command: string, more: Partial<Run> = {}): Run => ({
    traceId: hex(`trace${index}`, 32),
    spanId: hex(`span${index}`, 16),
    sessionId,
    sessionName: "codex-7f3a",
    endpointId: engineId,
    hostname: "dev-anna",
    user: "anna",
    startedAt: ago(600 - index * 40),
    durationMs: 84.2 + index * 31,
    command,
    executable: command.split(" ")[0] ?? "",
    workingDirectory: "/home/anna/shop",
    decision: "allow",
    rule: "default",
    reason: "No rule matches; commands.default is allow.",
    enforced: true,
    exitCode: 0,
    refusedConnections: 0,
    policyName: "balanced",
    policyVersion: 2,
    toolCallId: `call_${index}`,
    statedReason: null,
    limitsHit: [],
    outcome: "completed",
    attested: true,
    ...more,
  });
  const runs = [
    run(0, "git status", { statedReason: "See what is already changed before editing." }),
    run(1, "npm test", {
      exitCode: 1,
      durationMs: 5230,
      statedReason: "Run the tests to see which fail.",
    }),
    run(2, "git push --force origin main", {
      decision: "deny",
      rule: "no-force-push",
      reason: "Force pushes rewrite shared history.",
      exitCode: null,
      outcome: "denied",
      durationMs: 1.4,
      statedReason: "The remote has diverged, so I overwrite it.",
    }),
    run(3, "bash -lc 'make -j64 all'", {
      limitsHit: ["processes"],
      exitCode: 137,
      durationMs: 91_000,
    }),
    run(4, "cat /home/anna/.aws/credentials", { exitCode: 1, durationMs: 3.1 }),
  ];
  const revision = (source: string, number: number, reason: string, age: number) => ({
    revision: number,
    digest: hex(`${source.length}${number}`, 64),
    author: "admin",
    reason,
    publishedAt: ago(age),
    source,
  });
  return {
    now,
    users: {
      admin: { password: "correct horse", displayName: "Ada Admin", roles: ["administrator"] },
      vera: { password: "correct horse", displayName: "Vera Viewer", roles: ["viewer"] },
      ben: { password: "correct horse", displayName: "Ben Analyst", roles: ["analyst"] },
    },
    sessions: new Map(),
    failedSignIns: 0,
    endpoints: [
      endpoint(0, "dev-anna", "in-force"),
      endpoint(1, "dev-boris", "pending", { policyVersion: 1, effectivePolicy: report(1) }),
      endpoint(2, "build-01", "refused", {
        stateReason: "targets.json: version 2 is older than the trusted one, 3.",
        lastAttempt: {
          at: ago(30),
          status: "FAILED",
          reason: "rollback: found 2, expected at least 3",
        },
      }),
      endpoint(3, "dev-carla", "stale", { stateReason: "timestamp expired 2 hours ago." }),
      endpoint(4, "dev-dario", "silent", { lastContactAt: ago(4000) }),
      endpoint(5, "kiosk-7", "never-synced", {
        policyName: null,
        policyVersion: null,
        lastContactAt: null,
        effectivePolicy: null,
        health: null,
        lastAttempt: null,
        tags: {},
      }),
      endpoint(6, "old-laptop", "disabled", { lastContactAt: ago(900_000) }),
    ],
    inventories: inventories(ago),
    tokens: [
      {
        id: "ABCDEFGH23456723",
        group: "engineering",
        tags: { team: "payments" },
        createdBy: "admin",
        createdAt: ago(3600),
        expiresAt: ahead(82_800),
        state: "unused",
        usedBy: null,
      },
      {
        id: "QRSTUVWX23456745",
        group: "engineering",
        tags: { team: "payments" },
        createdBy: "admin",
        createdAt: ago(90_000),
        expiresAt: ago(3600),
        state: "used",
        usedBy: engineId,
      },
    ],
    policies: [
      {
        name: "assignments",
        kind: "Assignments",
        title: "Who gets what",
        description: "",
        draft: null,
        revisions: [revision(assignments, 1, "First assignments", 400_000)],
      },
      {
        name: "balanced",
        kind: "SandboxPolicy",
        title: "Balanced",
        description:
          "Work in the workspace without questions; credentials and the network stay out of reach.",
        draft: null,
        revisions: [
          revision(balanced(2), 2, "The test suite needs more processes", 86_400),
          revision(balanced(1), 1, "From the library", 400_000),
        ],
      },
      {
        name: "payments-hosts",
        kind: "Tightening",
        title: "Payments machines reach less",
        description: "",
        draft: { source: tightening, revision: 1, author: "admin", updatedAt: ago(7200) },
        revisions: [],
      },
    ],
    runs,
    spans: new Map(runs.map((each) => [each.traceId, spansOf(each)])),
    audit: [
      audit(
        4,
        ago(3_600),
        "content.read",
        `trace ${hex("trace0", 32)}`,
        "Read through the admin API (2 values).",
      ),
      audit(3, ago(86_400), "policy.publish", "balanced", "The test suite needs more processes"),
      audit(2, ago(90_000), "enrollment.issue", "QRSTUVWX23456745", "Anna's laptop"),
      audit(1, ago(400_000), "policy.publish", "balanced", "From the library"),
    ],
    targetsVersion: 3,
  };
}

function audit(
  sequence: number,
  at: string,
  action: string,
  subject: string,
  reason: string,
): AuditEntry {
  return {
    sequence,
    at,
    actor: "admin",
    action,
    subject,
    reason,
    hash: hex(`${sequence}${action}`, 64),
  };
}

function spansOf(run: Run): Span[] {
  const started = Date.parse(run.startedAt);
  const total = run.durationMs;
  const denied = run.decision === "deny";
  const at = (ms: number) => new Date(started + ms).toISOString();
  const span = (name: string, from: number, length: number, more: Partial<Span> = {}): Span => ({
    spanId: hex(`${name}${run.spanId}`, 16),
    parentSpanId: run.spanId,
    name,
    endpointId: engineId,
    service: "cordon-agent",
    startedAt: at(from),
    endedAt: at(from + length),
    durationMs: length,
    status: "unset",
    attested: true,
    attributes: {},
    content: null,
    events: [],
    ...more,
  });
  const root = span("cordon.run", 0, total, {
    spanId: run.spanId,
    parentSpanId: "00000000000000aa",
    status: run.exitCode === 0 ? "ok" : "error",
    attributes: {
      "cordon.session.id": run.sessionName,
      "cordon.decision": run.decision,
      "cordon.enforced": run.enforced,
      "cordon.rule": run.rule,
      "cordon.policy.name": run.policyName,
      "cordon.policy.version": run.policyVersion,
      "enduser.id": run.user,
      "process.exit.code": run.exitCode,
    },
    content: { "process.command_args": run.command?.split(" ") ?? [] },
  });
  const decision = span("cordon.decision", 0.1, 0.4, {
    attributes: {
      "cordon.decision": run.decision,
      "cordon.rule": run.rule,
      "cordon.reason": run.reason,
    },
  });
  const turn = span("codex.turn", -40, total + 60, {
    spanId: "00000000000000aa",
    parentSpanId: null,
    attested: false,
    service: "codex",
    attributes: { "gen_ai.request.model": "scripted" },
  });
  if (denied) {
    return [root, decision, turn];
  }
  const execution = span("cordon.execution", 6, Math.max(total - 7, 1), {
    content: {
      "events.0.process.command_args": run.command?.split(" ") ?? [],
      "events.1.process.command_args": ["node", "--test", "tests/unit tests"],
    },
    events: [
      process("exec", at(6), 4101, 4100, run.executable),
      process("exec", at(9), 4102, 4101, "/usr/bin/node"),
      process("exit", at(total - 2), 4102, 4101, null, 0),
      process("exit", at(total - 1), 4101, 4100, null, run.exitCode ?? 0),
    ],
  });
  return [root, decision, span("cordon.confinement", 0.6, 5), execution, turn];
}

function process(
  kind: string,
  at: string,
  pid: number,
  parent: number,
  executable: string | null,
  exitCode?: number,
): Span["events"][number] {
  return {
    name: `process.${kind}`,
    at,
    attributes: {
      "process.pid": pid,
      "process.parent_pid": parent,
      ...(executable ? { "process.executable.path": executable } : {}),
      ...(exitCode === undefined ? {} : { "process.exit.code": exitCode }),
    },
  };
}
