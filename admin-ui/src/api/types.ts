import type { components } from "./schema.d.ts";

/** The shapes of /admin/v1, as the server's document describes them. Times are RFC 3339 strings in UTC. */
type Schemas = components["schemas"];

/** What may be absent in the document arrives as null. */
type Answer<T> = T extends readonly (infer Item)[]
  ? Answer<Item>[]
  : T extends object
    ? {
        [Key in keyof T]-?: undefined extends T[Key]
          ? Answer<Exclude<T[Key], undefined>> | null
          : Answer<T[Key]>;
      }
    : T;

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type Role = Schemas["Role"];
export type Permission = Schemas["Permission"];
export type SessionOptions = Answer<Schemas["Options"]>;
export type Session = Answer<Schemas["SignedInSession"]>;

export type EndpointState = Schemas["EndpointState"];
export type EndpointSummary = Answer<Schemas["EndpointSummary"]>;
export type Endpoint = Answer<Schemas["EndpointDetail"]>;
export type AppliedDocument = Answer<Schemas["Document"]>;
export type EffectivePolicyReport = Answer<Schemas["EffectivePolicy"]>;
export type EffectivePolicy = Answer<Schemas["ResolvedEndpointPolicy"]>;
export type ProvenanceEntry = Answer<Schemas["Provenance"]>;
export type ProvenanceKind = ProvenanceEntry["kind"];

export type Standing = Schemas["Standing"];
export type CodingAgent = Answer<Schemas["CodingAgent"]>;
export type CodingAgentCount = Answer<Schemas["CodingAgentCount"]>;
export type EndpointInventory = Answer<Schemas["EndpointInventory"]>;
export type Inventory = EndpointInventory["inventory"];
export type AgentInstallation = Inventory["installations"][number];
export type McpServer = Inventory["mcpServers"][number];
export type SettingsDrift = Inventory["drifts"][number];
export type AskReport = Answer<Schemas["AskReport"]>;
export type AskNumbers = AskReport["total"];
export type AskGroup = AskReport["byRule"][number];

export type TokenState = Schemas["TokenState"];
export type EnrollmentToken = Answer<Schemas["TokenView"]>;
export type IssuedToken = Answer<Schemas["CreatedToken"]>;

export type Decision = Schemas["Decision"];
export type DocumentKind = Schemas["DocumentKind"];
export type PolicySummary = Answer<Schemas["PolicySummary"]>;
export type PolicyDetail = Answer<Schemas["Policy"]>;
export type Draft = Answer<Schemas["PolicyDraft"]>;
export type RevisionSummary = Answer<Schemas["PolicyRevisionSummary"]>;
export type Revision = Answer<Schemas["PolicyRevision"]>;
export type Validation = Answer<Schemas["PolicyValidation"]>;
export type Evaluation = Answer<Schemas["PolicyDecision"]>;
export type Baseline = Answer<Schemas["Baseline"]>;
export type Repository = Answer<Schemas["RepositoryStatus"]>;

export type SessionSummary = Answer<Schemas["SessionSummary"]>;
/** A session with its newest runs, in the order in which they began. */
export type GovernedSession = Answer<Schemas["SessionDetail"]>;
export type Run = Answer<Schemas["Run"]>;
export type AgentEvent = Answer<Schemas["SessionEvent"]>;
export type Span = Answer<Schemas["Span"]>;
export type SpanEvent = Answer<Schemas["SpanEvent"]>;
export type Trace = Answer<Schemas["Trace"]>;

export type AuditEntry = Answer<Schemas["AuditView"]>;
export type AuditVerification = Answer<Schemas["Verification"]>;
