/** Policy texts of the mock server. */
export const balanced = (revision: number) => `apiVersion: cordon.io/v1
kind: SandboxPolicy
metadata:
  name: balanced
  title: Balanced
  description: Work in the workspace without questions; credentials and the network stay out of reach.
  contact: security@example.com
spec:
  mode: enforce
  filesystem:
    read:
      deny: ["~/.ssh", "~/.aws", "~/.config/gh/hosts.yml"]
    write:
      roots: ["\${workspace}", "\${tmp}"]
      protect: [".git/hooks", ".git/config", ".codex", ".claude"]
  network:
    mode: offline
    loopback:
      ports: [9999]
  process:
    limits:
      processes: ${revision > 1 ? 512 : 256}
      memoryMiB: 8192
      wallClockSeconds: 3600
    environment:
      pass: ["PATH", "HOME", "LANG", "LC_*", "TERM"]
      withhold: ["*_TOKEN", "AWS_*"]
  commands:
    default: allow
    unknown: prompt
    rules:
      - id: no-force-push
        match: {argv: ["git", "push"], anyOf: ["--force", "-f"]}
        decision: deny
        reason: Force pushes rewrite shared history.
`;

export const assignments = `apiVersion: cordon.io/v1
kind: Assignments
metadata:
  name: assignments
  title: Who gets what
spec:
  rules:
    - select: {group: [engineering]}
      policy: balanced
`;

export const tightening = `apiVersion: cordon.io/v1
kind: Tightening
metadata:
  name: payments-hosts
  title: Payments machines reach less
spec:
  appliesTo: {tag: {team: [payments]}}
  filesystem:
    read:
      deny: ["~/payments-keys"]
  agents:
    codex: {minVersion: "0.170"}
    gemini: {use: deny}
`;

export const strict = `apiVersion: cordon.io/v1
kind: SandboxPolicy
metadata:
  name: strict-offline
  title: Strict, offline
  description: Nothing but the workspace, no network, every unknown command is refused.
  contact: security@example.com
spec:
  mode: enforce
  network:
    mode: offline
  commands:
    default: prompt
    unknown: deny
`;

export const schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  required: ["apiVersion", "kind", "metadata", "spec"],
  properties: {
    apiVersion: { const: "cordon.io/v1" },
    kind: { enum: ["SandboxPolicy", "Tightening", "Exception", "Assignments"] },
    metadata: { $ref: "#/$defs/metadata" },
  },
  oneOf: [
    { properties: { kind: { const: "SandboxPolicy" }, spec: { $ref: "#/$defs/sandbox" } } },
    { properties: { kind: { const: "Tightening" }, spec: { $ref: "#/$defs/tightening" } } },
  ],
  $defs: {
    metadata: {
      type: "object",
      required: ["name"],
      properties: {
        name: { type: "string", description: "The name by which assignments refer to it." },
        title: { type: "string" },
        description: { type: "string" },
        contact: { type: "string", description: "Who to ask on a denial." },
      },
    },
    sandbox: {
      type: "object",
      properties: {
        mode: {
          enum: ["enforce", "audit"],
          description: "Whether decisions hold or are only recorded.",
        },
        filesystem: {
          type: "object",
          properties: { read: { type: "object" }, write: { type: "object" } },
        },
        network: {
          type: "object",
          properties: {
            mode: {
              enum: ["offline", "proxy", "online"],
              description: "What the network looks like inside.",
            },
            allow: { type: "array", items: { $ref: "#/$defs/host" } },
          },
        },
        process: { type: "object" },
        commands: {
          type: "object",
          properties: {
            default: { $ref: "#/$defs/decision" },
            unknown: { $ref: "#/$defs/decision" },
            rules: { type: "array", items: { $ref: "#/$defs/rule" } },
          },
        },
      },
    },
    tightening: {
      type: "object",
      properties: {
        appliesTo: { type: "object" },
        filesystem: { type: "object" },
        agents: {
          type: "object",
          properties: {
            unlisted: { enum: ["deny"] },
            codex: { $ref: "#/$defs/narrowingAgentRules" },
            gemini: { $ref: "#/$defs/narrowingAgentRules" },
          },
        },
      },
    },
    narrowingAgentRules: {
      type: "object",
      properties: {
        use: { enum: ["deny"], description: "A tightening can only deny it." },
        minVersion: { type: "string" },
      },
    },
    decision: { enum: ["allow", "prompt", "deny"] },
    host: { type: "object", properties: { host: { type: "string" }, ports: { type: "array" } } },
    rule: {
      type: "object",
      required: ["id", "decision"],
      properties: {
        id: { type: "string" },
        match: { type: "object" },
        decision: { $ref: "#/$defs/decision" },
        reason: { type: "string", description: "Shown to whoever is denied." },
      },
    },
  },
};
