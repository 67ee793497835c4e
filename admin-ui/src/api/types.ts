import type { DocumentError } from "./problem.ts";

/** The shapes of /admin/v1. Times are RFC 3339 strings in UTC. */

export type Role = "administrator" | "approver" | "analyst" | "viewer";
export type Decision = "allow" | "prompt" | "deny";
export type EndpointState =
  | "in-force"
  | "pending"
  | "refused"
  | "stale"
  | "silent"
  | "never-synced"
  | "disabled";
export type TokenState = "unused" | "used" | "expired" | "revoked";
export type DocumentKind = "SandboxPolicy" | "Tightening" | "Exception" | "Assignments";
export type ProvenanceKind = "base" | "tightening" | "exception" | "builtin";

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface SessionOptions {
  local: boolean;
  oidc: { enabled: boolean; loginUrl: string | null };
}

export interface Session {
  user: string;
  displayName: string;
  roles: Role[];
  /** `domain.verb`, such as policy.publish. */
  permissions: string[];
  csrfToken: string;
  expiresAt: string;
}

export interface EndpointSummary {
  id: string;
  hostname: string;
  os: string;
  osVersion: string | null;
  group: string;
  state: EndpointState;
  stateReason: string | null;
  agentVersion: string | null;
  policyName: string | null;
  policyVersion: number | null;
  lastContactAt: string | null;
  enrolledAt: string;
}

export interface AppliedDocument {
  target: string;
  revision: number;
  digest: string;
  kind: string;
}

export interface EffectivePolicyReport {
  policyName: string;
  policyVersion: number;
  digest: string;
  mode: string;
  targetsVersion: number | null;
  staleSince: string | null;
  documents: AppliedDocument[];
  notices: string[];
}

export interface Endpoint extends EndpointSummary {
  arch: string | null;
  tags: Record<string, string>;
  machineId: string | null;
  certificate: { serial: string; notBefore: string; notAfter: string } | null;
  health: {
    healthy: boolean;
    components: { name: string; healthy: boolean; status: string | null }[];
  } | null;
  lastAttempt: { at: string | null; status: string; reason: string | null } | null;
  effectivePolicy: EffectivePolicyReport | null;
}

export interface ProvenanceEntry {
  pointer: string;
  value: string;
  target: string;
  line: number;
  kind: ProvenanceKind;
  revision: number;
}

export interface EffectivePolicy {
  policy: Record<string, unknown>;
  provenance: ProvenanceEntry[];
  notices: string[];
  digest: string;
  matchesReported: boolean | null;
}

export interface EnrollmentToken {
  id: string;
  group: string;
  tags: Record<string, string>;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  state: TokenState;
  usedBy: string | null;
}

export interface IssuedToken {
  id: string;
  token: string;
  group: string;
  expiresAt: string;
}

export interface PolicySummary {
  name: string;
  kind: DocumentKind;
  title: string | null;
  publishedRevision: number | null;
  draftUpdatedAt: string | null;
  updatedAt: string | null;
  updatedBy: string | null;
}

export interface Draft {
  source: string;
  revision: number;
  author: string;
  updatedAt: string;
}

export interface RevisionSummary {
  revision: number;
  digest: string;
  author: string;
  reason: string | null;
  publishedAt: string;
}

export interface PolicyDetail {
  name: string;
  kind: DocumentKind;
  title: string | null;
  description: string | null;
  draft: Draft | null;
  revisions: RevisionSummary[];
}

export interface Revision extends RevisionSummary {
  source: string;
}

export interface Validation {
  valid: boolean;
  kind: string | null;
  name: string | null;
  errors: DocumentError[];
}

export interface Evaluation {
  decision: Decision;
  rule: string;
  reason: string;
}

export interface Baseline {
  name: string;
  title: string;
  intent: string;
  source: string;
}

export interface Repository {
  versions: Record<string, number>;
  expires: Record<string, string>;
  separation: string;
  separationNotice: string;
}

export interface SessionSummary {
  id: string;
  /** As the caller named it, or "<endpoint>/<user>/<login session>". */
  name: string;
  endpointId: string;
  hostname: string;
  user: string;
  agent: string | null;
  startedAt: string;
  lastAt: string;
  runs: number;
  denied: number;
  failed: number;
}

export interface Run {
  traceId: string;
  spanId: string;
  sessionId: string;
  sessionName: string;
  endpointId: string;
  hostname: string;
  user: string;
  startedAt: string;
  durationMs: number;
  command: string | null;
  executable: string | null;
  workingDirectory: string | null;
  decision: Decision;
  rule: string | null;
  reason: string | null;
  enforced: boolean;
  exitCode: number | null;
  policyName: string | null;
  policyVersion: number | null;
  toolCallId: string | null;
  statedReason: string | null;
  limitsHit: string[];
  /** completed, denied, killed, failed-to-start or lost. */
  outcome: string | null;
  attested: boolean;
}

/** A session with its newest runs, in the order in which they began. */
export type GovernedSession = Omit<SessionSummary, "runs"> & {
  runs: Run[];
  runsTruncated: boolean;
};

export interface SpanEvent {
  name: string;
  at: string;
  attributes: Record<string, unknown>;
}

export interface Span {
  spanId: string;
  parentSpanId: string | null;
  name: string;
  endpointId: string;
  service: string | null;
  startedAt: string;
  endedAt: string;
  durationMs: number;
  status: string | null;
  attested: boolean;
  attributes: Record<string, unknown>;
  content: Record<string, unknown> | null;
  events: SpanEvent[];
}

export interface Trace {
  traceId: string;
  sessionId: string | null;
  spans: Span[];
  truncated: boolean;
}

export interface AuditEntry {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  reason: string | null;
  hash: string;
}

export interface AuditVerification {
  intact: boolean;
  checked: number;
  firstBroken: number | null;
}
