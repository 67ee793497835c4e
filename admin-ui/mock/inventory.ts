import { http, HttpResponse } from "msw";
import type {
  AgentInstallation,
  AskNumbers,
  AskReport,
  CodingAgent,
  CodingAgentCount,
  EndpointInventory,
  Inventory,
} from "../src/api/types.ts";
import { page, problem, refusal } from "./answers.ts";
import { engineId } from "./ids.ts";
import type { MockState } from "./seed.ts";

const nothing: Inventory = {
  installations: [],
  uses: [],
  mcpServers: [],
  settings: [],
  drifts: [],
  problems: [],
};

function installation(more: Partial<AgentInstallation>): AgentInstallation {
  return {
    agent: "codex",
    title: "Codex",
    standing: "managed",
    version: "0.169.0",
    source: "npm",
    path: "/usr/lib/node_modules/@openai/codex/bin/codex.js",
    owner: "",
    sha256: "3f".repeat(32),
    size: 5120,
    modified: null,
    refusal: "",
    ...more,
  };
}

/** Two machines: one with all that can stand out, one where everything is as it should be. */
export function inventories(ago: (seconds: number) => string): Record<string, EndpointInventory> {
  const codexUse = (user: string, running: number) => ({
    agent: "codex",
    title: "Codex",
    standing: "managed" as const,
    user,
    lastUsed: ago(1800),
    running,
  });
  return {
    [engineId]: {
      reportedAt: ago(300),
      inventory: {
        installations: [
          installation({}),
          installation({
            agent: "claude-code",
            title: "Claude Code",
            version: "2.1.197",
            source: "native",
            path: "/home/anna/.local/share/claude/versions/2.1.197",
            owner: "anna",
            sha256: "",
            refusal: "too-old",
          }),
          installation({
            agent: "gemini",
            title: "Gemini CLI",
            standing: "unmanaged",
            version: "0.61.0",
            path: "/home/anna/.nvm/versions/node/v22.1.0/lib/node_modules/@google/gemini-cli/bundle/gemini.js",
            owner: "anna",
          }),
          installation({
            agent: "crush",
            title: "Crush",
            standing: "unknown",
            version: "",
            source: "file",
            path: "/home/anna/.local/bin/crush",
            owner: "anna",
            refusal: "unlisted",
          }),
        ],
        uses: [codexUse("anna", 2), codexUse("boris", 0)],
        mcpServers: [
          {
            agent: "codex",
            user: "anna",
            name: "docs",
            command: ["npx", "-y", "docs-server", "--api-key", "[redacted:1f2e3d4c]"],
            url: "",
            environment: ["DOCS_TOKEN"],
            scope: "user",
            file: "/home/anna/.codex/config.toml",
            allowed: true,
          },
          {
            agent: "claude-code",
            user: "anna",
            name: "browser",
            command: [],
            url: "https://mcp.example.com/browser",
            environment: [],
            scope: "local",
            file: "/home/anna/.claude.json",
            allowed: false,
          },
        ],
        settings: [
          {
            agent: "codex",
            files: [{ path: "/etc/codex/requirements.toml", sha256: "ab".repeat(32), problem: "" }],
            limits: ["Codex cannot be told to which ports of a host it may connect."],
          },
          {
            agent: "claude-code",
            files: [
              {
                path: "/etc/claude-code/managed-settings.json",
                sha256: "cd".repeat(32),
                problem: "the file system is read-only",
              },
            ],
            limits: [],
          },
        ],
        drifts: [
          {
            agent: "codex",
            at: ago(7200),
            path: "/etc/codex/requirements.toml",
            diff: '@@ -1,2 +1,1 @@\n-allowed_approval_policies = ["never"]\n+allowed_approval_policies = ["on-request"]\n allow_managed_hooks_only = true\n',
          },
        ],
        problems: ["/home/boris/.claude.json: cannot be understood (line 3)"],
      },
    },
    "1c7d3e2f-0000-4000-8000-000000000001": {
      reportedAt: ago(500),
      inventory: {
        ...nothing,
        installations: [installation({})],
        uses: [codexUse("boris", 1)],
      },
    },
  };
}

function rowsOf(state: MockState): CodingAgent[] {
  return state.endpoints.flatMap(({ id, hostname }) => {
    const inventory = state.inventories[id]?.inventory ?? nothing;
    return inventory.installations
      .flatMap((each) => {
        const users = each.owner
          ? [each.owner]
          : inventory.uses.filter(({ agent }) => agent === each.agent).map(({ user }) => user);
        return users.map((user) => {
          const use = inventory.uses.find((one) => one.user === user && one.agent === each.agent);
          return {
            endpointId: id,
            hostname,
            user,
            agent: each.agent,
            title: each.title,
            standing: each.standing,
            version: each.version,
            source: each.source,
            path: each.path,
            refusal: each.refusal,
            lastUsed: use?.lastUsed ?? null,
            running: use?.running ?? 0,
          };
        });
      })
      .map((row, number) => ({ ...row, number }));
  });
}

function matching(state: MockState, url: URL): CodingAgent[] {
  const is = (name: string) => url.searchParams.get(name) ?? "";
  return rowsOf(state)
    .filter(
      (row) =>
        `${row.user} ${row.hostname} ${row.title} ${row.path}`
          .toLowerCase()
          .includes(is("q").toLowerCase()) &&
        (["user", "agent", "standing", "version"] as const).every(
          (name) => !is(name) || row[name] === is(name),
        ) &&
        (!is("endpoint") || row.endpointId === is("endpoint")) &&
        (!is("refusal") || (is("refusal") === "any" ? row.refusal : row.refusal === is("refusal"))),
    )
    .toSorted((a, b) => `${a.user} ${a.hostname}`.localeCompare(`${b.user} ${b.hostname}`));
}

function counted(rows: CodingAgent[]): CodingAgentCount[] {
  const counts = new Map<string, { count: CodingAgentCount; machines: Set<string> }>();
  for (const { agent, title, standing, version, refusal: why, endpointId } of rows) {
    const key = [agent, standing, version, why].join("|");
    const known = counts.get(key) ?? {
      count: { agent, title, standing, version, refusal: why, endpoints: 0, users: 0 },
      machines: new Set<string>(),
    };
    known.machines.add(endpointId);
    known.count.users++;
    known.count.endpoints = known.machines.size;
    counts.set(key, known);
  }
  return [...counts.values()]
    .map(({ count }) => count)
    .toSorted((a, b) => b.endpoints - a.endpoints);
}

const numbers = (more: Partial<AskNumbers>): AskNumbers => ({
  allowed: 0,
  denied: 0,
  asked: 0,
  saidYes: 0,
  saidNo: 0,
  remembered: 0,
  unanswered: 0,
  meanAnswerMs: null,
  ...more,
});

/** The longer the period, the more questions. */
function asks(from: string, to: string): AskReport {
  const days = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
  const total = numbers({
    allowed: 171 * days,
    denied: 2 * days,
    asked: 5 * days,
    saidYes: 4 * days,
    saidNo: days - 1,
    remembered: 9 * days,
    unanswered: 1,
    meanAnswerMs: 6400,
  });
  return {
    from,
    to,
    total,
    byAgent: [{ key: "codex", label: "codex", numbers: total }],
    byUser: [{ key: "anna", label: "anna", numbers: total }],
    byEndpoint: [{ key: engineId, label: "dev-anna", numbers: total }],
    byRule: [
      {
        key: "deploy-asks",
        label: "deploy-asks",
        numbers: numbers({
          asked: 5 * days,
          saidYes: 4 * days,
          saidNo: days - 1,
          meanAnswerMs: 6400,
        }),
      },
      { key: "default", label: "default", numbers: numbers({ allowed: 171 * days }) },
    ],
  };
}

export function inventoryHandlers(state: MockState) {
  return [
    http.get("*/admin/v1/coding-agents", ({ request }) => {
      const url = new URL(request.url);
      return refusal(state, request) ?? page(url, matching(state, url));
    }),
    http.get("*/admin/v1/coding-agents/counts", ({ request }) => {
      const url = new URL(request.url);
      return refusal(state, request) ?? HttpResponse.json(counted(matching(state, url)));
    }),
    http.get("*/admin/v1/endpoints/:id/inventory", ({ request, params }) => {
      const known = state.endpoints.some(({ id }) => id === params["id"]);
      return (
        refusal(state, request) ??
        (known
          ? HttpResponse.json(
              state.inventories[String(params["id"])] ?? { reportedAt: null, inventory: nothing },
            )
          : problem(404, "fleet.endpoint-not-found", "There is no such endpoint"))
      );
    }),
    http.get("*/admin/v1/asks", ({ request }) => {
      const from = new URL(request.url).searchParams.get("from") ?? "";
      return (
        refusal(state, request) ??
        HttpResponse.json(asks(from, new Date(state.now()).toISOString()))
      );
    }),
  ];
}
