import { http, HttpResponse } from "msw";
import { LineCounter, parseDocument } from "yaml";
import type { DocumentError } from "../src/api/problem.ts";
import { balanced, schema, strict } from "./documents.ts";
import { page, problem, record, refusal, sessionOf } from "./answers.ts";
import type { MockPolicy, MockState } from "./seed.ts";

const fields = ["apiVersion", "kind", "metadata", "spec"];
const sections = [
  "mode",
  "filesystem",
  "network",
  "process",
  "commands",
  "agents",
  "telemetry",
  "appliesTo",
  "rules",
];

/** Well-formed YAML whose top two levels are known: enough for the console to have something to show. */
function check(source: string) {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const errors: DocumentError[] = document.errors.map((error) => ({
    ...place(lines, error.pos[0]),
    pointer: "",
    message: error.message.split("\n")[0] ?? "",
    remedy: "Correct the YAML.",
  }));
  const root =
    document.errors.length === 0 ? (document.toJS() as Record<string, unknown> | null) : null;
  const unknown = (name: string, known: string[], pointer: string) => {
    if (!known.includes(name)) {
      errors.push({
        ...place(lines, source.search(new RegExp(`^\\s*${name}:`, "m"))),
        pointer: `${pointer}/${name}`,
        message: `${name}: unknown field`,
        remedy: `Remove it, or use one of: ${known.join(", ")}.`,
      });
    }
  };
  Object.keys(root ?? {}).forEach((name) => unknown(name, fields, ""));
  Object.keys((root?.["spec"] as object | undefined) ?? {}).forEach((name) =>
    unknown(name, sections, "/spec"),
  );
  const metadata = root?.["metadata"] as
    | { name?: string; title?: string; description?: string }
    | undefined;
  return { valid: errors.length === 0, kind: root?.["kind"], metadata, errors };
}

function place(lines: LineCounter, offset: number) {
  const { line, col } = lines.linePos(Math.max(offset, 0));
  return { line, column: col };
}

const invalid = (errors: DocumentError[]) =>
  problem(422, "policy.document-invalid", "The policy document is invalid", { errors });

const notFound = () => problem(404, "policy.not-found", "There is no such policy");

const conflict = (policy: MockPolicy) =>
  problem(409, "policy.revision-conflict", "The policy has been changed meanwhile", {
    errors: policy.draft ? [policy.draft] : [],
  });

/** `undefined` leaves a field out of JSON. */
const detail = (policy: MockPolicy) =>
  HttpResponse.json({
    ...policy,
    revisions: policy.revisions.map((revision) =>
      Object.assign({}, revision, { source: undefined }),
    ),
  });

export function policyHandlers(state: MockState) {
  const find = (name: unknown) => state.policies.find((policy) => policy.name === name);
  const time = () => new Date(state.now()).toISOString();
  return [
    http.get("*/admin/v1/policies", ({ request }) => {
      const kind = new URL(request.url).searchParams.get("kind");
      const rows = state.policies
        .filter((policy) => !kind || policy.kind === kind)
        .map((policy) => ({
          name: policy.name,
          kind: policy.kind,
          title: policy.title,
          publishedRevision: policy.revisions[0]?.revision ?? null,
          draftUpdatedAt: policy.draft?.updatedAt ?? null,
          updatedAt: policy.draft?.updatedAt ?? policy.revisions[0]?.publishedAt ?? null,
          updatedBy: policy.draft?.author ?? policy.revisions[0]?.author ?? null,
        }));
      return refusal(state, request) ?? page(new URL(request.url), rows);
    }),
    http.post("*/admin/v1/policies/validate", async ({ request }) => {
      const { source } = (await request.json()) as { source: string };
      const { valid, kind, metadata, errors } = check(source);
      const answer = {
        valid,
        kind: valid ? kind : null,
        name: valid ? metadata?.name : null,
        errors,
      };
      return refusal(state, request) ?? HttpResponse.json(answer);
    }),
    http.post("*/admin/v1/policies/evaluate", async ({ request }) => {
      const asked = (await request.json()) as { source: string; command?: string[]; path?: string };
      const no = refusal(state, request);
      const { errors } = check(asked.source);
      if (no || errors.length > 0) {
        return no ?? invalid(errors);
      }
      const forced = asked.command?.includes("--force") && asked.source.includes("no-force-push");
      return HttpResponse.json(
        forced
          ? {
              decision: "deny",
              rule: "no-force-push",
              reason: "Force pushes rewrite shared history.",
            }
          : asked.path?.startsWith("~/.ssh")
            ? { decision: "deny", rule: "read-deny:~/.ssh", reason: "Reading it is denied." }
            : {
                decision: "allow",
                rule: "default",
                reason: "No rule matches; commands.default is allow.",
              },
      );
    }),
    http.post("*/admin/v1/policies", async ({ request }) => {
      const { source, reason } = (await request.json()) as { source: string; reason: string };
      const no = refusal(state, request, "policy.write");
      const { errors, kind, metadata } = check(source);
      if (no || errors.length > 0) {
        return no ?? invalid(errors);
      }
      const name = metadata?.name ?? "";
      if (find(name)) {
        return problem(409, "policy.exists", "There is a document of this name already");
      }
      const user = sessionOf(state, request)!.user;
      const policy: MockPolicy = {
        name,
        kind: kind as MockPolicy["kind"],
        title: metadata?.title ?? "",
        description: metadata?.description ?? "",
        draft: { source, revision: 1, author: user, updatedAt: time() },
        revisions: [],
      };
      state.policies.push(policy);
      record(state, user, "policy.create", name, reason);
      return detail(policy);
    }),
    http.get("*/admin/v1/policies/:name", ({ request, params }) => {
      const policy = find(params["name"]);
      return refusal(state, request) ?? (policy ? detail(policy) : notFound());
    }),
    http.get("*/admin/v1/policies/:name/revisions/:revision", ({ request, params }) => {
      const revision = find(params["name"])?.revisions.find(
        (each) => each.revision === Number(params["revision"]),
      );
      return refusal(state, request) ?? (revision ? HttpResponse.json(revision) : notFound());
    }),
    http.put("*/admin/v1/policies/:name/draft", async ({ request, params }) => {
      const body = (await request.json()) as {
        source: string;
        reason: string;
        expectedRevision?: number;
      };
      const no = refusal(state, request, "policy.write");
      const policy = find(params["name"]);
      if (no || !policy) {
        return no ?? notFound();
      }
      const { errors } = check(body.source);
      if (errors.length > 0) {
        return invalid(errors);
      }
      if ((policy.draft?.revision ?? 0) !== (body.expectedRevision ?? 0)) {
        return conflict(policy);
      }
      const user = sessionOf(state, request)!.user;
      policy.draft = {
        source: body.source,
        revision: (policy.draft?.revision ?? 0) + 1,
        author: user,
        updatedAt: time(),
      };
      record(state, user, "policy.save", policy.name, body.reason);
      return HttpResponse.json(policy.draft);
    }),
    http.delete("*/admin/v1/policies/:name/draft", ({ request, params }) => {
      const no = refusal(state, request, "policy.write");
      const policy = find(params["name"]);
      if (no || !policy) {
        return no ?? notFound();
      }
      policy.draft = null;
      return new HttpResponse(null, { status: 204 });
    }),
    http.post("*/admin/v1/policies/:name/publish", async ({ request, params }) => {
      const body = (await request.json()) as { reason: string; expectedRevision: number };
      const no = refusal(state, request, "policy.publish");
      const policy = find(params["name"]);
      if (no || !policy) {
        return no ?? notFound();
      }
      if (policy.draft?.revision !== body.expectedRevision) {
        return policy.draft
          ? conflict(policy)
          : problem(409, "policy.no-draft", "There is no draft");
      }
      const revision = (policy.revisions[0]?.revision ?? 0) + 1;
      const user = sessionOf(state, request)!.user;
      policy.revisions.unshift({
        revision,
        digest: "d".repeat(64),
        author: user,
        reason: body.reason,
        publishedAt: time(),
        source: policy.draft.source,
      });
      policy.draft = null;
      record(state, user, "policy.publish", policy.name, body.reason);
      return HttpResponse.json({ revision, targetsVersion: ++state.targetsVersion });
    }),
    http.get(
      "*/admin/v1/baselines",
      ({ request }) =>
        refusal(state, request) ??
        HttpResponse.json([
          {
            name: "strict-offline",
            title: "Strict, offline",
            intent: "For work on code nobody has looked at yet: the workspace and nothing else.",
            source: strict,
          },
          {
            name: "balanced",
            title: "Balanced",
            intent:
              "For everyday work: no questions inside the workspace, credentials out of reach.",
            source: balanced(2),
          },
        ]),
    ),
    http.get(
      "*/admin/v1/policy-schema",
      ({ request }) => refusal(state, request) ?? HttpResponse.json(schema),
    ),
    http.get("*/admin/v1/repository", ({ request }) => {
      const at = (days: number) => new Date(state.now() + days * 86_400_000).toISOString();
      return (
        refusal(state, request) ??
        HttpResponse.json({
          versions: {
            root: 1,
            targets: state.targetsVersion,
            snapshot: state.targetsVersion,
            timestamp: 9,
          },
          expires: { root: at(360), targets: at(90), snapshot: at(7), timestamp: at(1) },
          separation: "none",
          separationNotice:
            "approvals are not separated: the server holds the approver key, so whoever may publish here decides alone what endpoints enforce",
        })
      );
    }),
  ];
}
