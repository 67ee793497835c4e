// Generated from server/openapi/admin-v1.json by `npm run generate`. Do not edit.

export interface paths {
  "/admin/v1/asks": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Decisions of hooks over a period: how many asked a developer, and what came of it */
    get: operations["getAsks"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/audit": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List */
    get: operations["listAudit"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/audit/verify": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Verify */
    get: operations["verifyAudit"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/baselines": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The baseline library, from the narrowest to the widest */
    get: operations["listBaselines"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/coding-agents": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Coding agents by user, host name and agent */
    get: operations["listCodingAgents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/coding-agents/counts": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Machines and users by agent, version and standing, the most frequent 200 */
    get: operations["countCodingAgents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/endpoints": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List */
    get: operations["listEndpoints"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/endpoints/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get */
    get: operations["getEndpoint"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/endpoints/{id}/disable": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Disable */
    post: operations["disableEndpoint"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/endpoints/{id}/effective-policy": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The policy that holds at an endpoint, and why */
    get: operations["getEndpointEffectivePolicy"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/endpoints/{id}/enable": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Enable */
    post: operations["enableEndpoint"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/endpoints/{id}/inventory": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Coding agents, MCP servers and managed settings of an endpoint, as it reports them */
    get: operations["getEndpointInventory"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/endpoints/{id}/runs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Runs of an endpoint, newest first */
    get: operations["listEndpointRuns"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/enrollment-tokens": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List */
    get: operations["listEnrollmentTokens"];
    put?: never;
    /** Create */
    post: operations["createEnrollmentToken"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/enrollment-tokens/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke */
    delete: operations["revokeEnrollmentToken"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/policies": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Documents by name */
    get: operations["listPolicies"];
    put?: never;
    /** Begin a document as a draft; its text names it */
    post: operations["createPolicy"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/policies/evaluate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What a policy would decide */
    post: operations["evaluatePolicy"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/policies/validate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Every problem of a text, without saving it */
    post: operations["validatePolicy"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/policies/{name}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A document with its draft and its revisions */
    get: operations["getPolicy"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/policies/{name}/draft": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Save the draft */
    put: operations["saveDraft"];
    post?: never;
    /** Throw the draft away */
    delete: operations["discardDraft"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/policies/{name}/publish": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Make the draft the newest revision and sign it */
    post: operations["publishPolicy"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/policies/{name}/revisions/{revision}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A revision with its text */
    get: operations["getPolicyRevision"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/policy-schema": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The JSON Schema (2020-12) of policy documents */
    get: operations["getPolicySchema"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/repository": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Versions and validity of the signed repository */
    get: operations["getRepository"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/session": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get */
    get: operations["getSession"];
    put?: never;
    /** Create */
    post: operations["signIn"];
    /** Delete */
    delete: operations["signOut"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/session/options": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Options */
    get: operations["getSessionOptions"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/sessions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Sessions, last active first */
    get: operations["listSessions"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/sessions/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A session with its runs, by id, or by the name that an endpoint gave it (the last active) */
    get: operations["getSessionDetail"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/traces/{traceId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A trace with its spans by time */
    get: operations["getTrace"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/users": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List */
    get: operations["listUsers"];
    put?: never;
    /** Create */
    post: operations["createUser"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/v1/users/{name}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Change */
    put: operations["changeUser"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AgentInstallation: {
      agent: string;
      title: string;
      standing: components["schemas"]["Standing"];
      version: string;
      source: string;
      path: string;
      owner: string;
      sha256: string;
      /** Format: int64 */
      size: number;
      modified?: components["schemas"]["Instant"];
      refusal: string;
    };
    AgentSettings: {
      agent: string;
      files: components["schemas"]["SettingsFile"][];
      limits: string[];
    };
    AgentUse: {
      agent: string;
      title: string;
      standing: components["schemas"]["Standing"];
      user: string;
      lastUsed?: components["schemas"]["Instant"];
      /** Format: int32 */
      running: number;
    };
    AskGroup: {
      key: string;
      label: string;
      numbers: components["schemas"]["AskNumbers"];
    };
    AskNumbers: {
      /** Format: int64 */
      allowed: number;
      /** Format: int64 */
      denied: number;
      /** Format: int64 */
      asked: number;
      /** Format: int64 */
      saidYes: number;
      /** Format: int64 */
      saidNo: number;
      /** Format: int64 */
      remembered: number;
      /** Format: int64 */
      unanswered: number;
      /** Format: int64 */
      meanAnswerMs: number | null;
    };
    AskReport: {
      from: components["schemas"]["Instant"];
      to: components["schemas"]["Instant"];
      total: components["schemas"]["AskNumbers"];
      byAgent: components["schemas"]["AskGroup"][];
      byUser: components["schemas"]["AskGroup"][];
      byEndpoint: components["schemas"]["AskGroup"][];
      byRule: components["schemas"]["AskGroup"][];
    };
    AuditView: {
      /** Format: int64 */
      sequence: number;
      at: components["schemas"]["Instant"];
      actor: string;
      action: string;
      subject: string;
      reason: string;
      hash: string;
    };
    Baseline: {
      name: string;
      title: string;
      intent: string;
      source: string;
    };
    CodingAgent: {
      endpointId: components["schemas"]["UUID"];
      hostname: string;
      /** Format: int32 */
      number: number;
      user: string;
      agent: string;
      title: string;
      standing: components["schemas"]["Standing"];
      version: string;
      source: string;
      path: string;
      refusal: string;
      lastUsed?: components["schemas"]["Instant"];
      /** Format: int32 */
      running: number;
    };
    CodingAgentCount: {
      agent: string;
      title: string;
      standing: components["schemas"]["Standing"];
      version: string;
      refusal: string;
      /** Format: int64 */
      endpoints: number;
      /** Format: int64 */
      users: number;
    };
    Component: {
      name: string;
      healthy: boolean;
      status: string;
    };
    CreatePolicy: {
      source: string;
      reason: string;
    };
    CreatedToken: {
      id: string;
      token: string;
      group: string;
      tags: {
        [key: string]: string;
      };
      expiresAt: components["schemas"]["Instant"];
    };
    Credentials: {
      user: string;
      password: string;
    };
    /** @enum {string} */
    Decision: "allow" | "prompt" | "deny";
    DeviceCertificate: {
      serial: string;
      notBefore: components["schemas"]["Instant"];
      notAfter: components["schemas"]["Instant"];
    };
    Document: {
      target: string;
      /** Format: int32 */
      revision: number;
      digest: string;
      kind: string;
    };
    DocumentError: {
      /**
       * Format: int32
       * @description counted from 1; 0 for the whole document
       */
      line: number;
      /** Format: int32 */
      column: number;
      /** @description JSON pointer */
      pointer: string;
      message: string;
      remedy: string;
    };
    /** @enum {string} */
    DocumentKind: "SandboxPolicy" | "Tightening" | "Exception" | "Assignments";
    EffectivePolicy: {
      policyName: string;
      /** Format: int32 */
      policyVersion: number;
      digest: string;
      mode: string;
      /** Format: int64 */
      targetsVersion: number;
      /** Format: int64 */
      rootVersion: number;
      staleSince?: components["schemas"]["Instant"];
      documents: components["schemas"]["Document"][];
      notices: string[];
    };
    EndpointDetail: {
      id: components["schemas"]["UUID"];
      hostname: string;
      os: string;
      osVersion: string;
      group: string;
      state: components["schemas"]["EndpointState"];
      stateReason: string;
      agentVersion: string;
      policyName?: string;
      /** Format: int32 */
      policyVersion?: number;
      lastContactAt?: components["schemas"]["Instant"];
      enrolledAt: components["schemas"]["Instant"];
      arch: string;
      tags: {
        [key: string]: string;
      };
      machineId: string;
      certificate?: components["schemas"]["DeviceCertificate"];
      health?: components["schemas"]["Health"];
      lastAttempt?: components["schemas"]["LastAttempt"];
      effectivePolicy?: components["schemas"]["EffectivePolicy"];
    };
    EndpointInventory: {
      reportedAt?: components["schemas"]["Instant"];
      inventory: components["schemas"]["Inventory"];
    };
    /** @enum {string} */
    EndpointState:
      | "disabled"
      | "never-synced"
      | "silent"
      | "refused"
      | "stale"
      | "in-force"
      | "pending";
    EndpointSummary: {
      id: components["schemas"]["UUID"];
      hostname: string;
      os: string;
      osVersion: string;
      group: string;
      state: components["schemas"]["EndpointState"];
      stateReason: string;
      agentVersion: string;
      policyName?: string;
      /** Format: int32 */
      policyVersion?: number;
      lastContactAt?: components["schemas"]["Instant"];
      enrolledAt: components["schemas"]["Instant"];
    };
    /** @description a source or the name of a policy, and one of command, path or host */
    EvaluatePolicy: {
      source?: string;
      name?: string;
      command?: string[];
      path?: string;
      access?: components["schemas"]["PathAccess"];
      host?: string;
      /** Format: int32 */
      port?: number;
    };
    Health: {
      healthy: boolean;
      components: components["schemas"]["Component"][];
    };
    /**
     * Format: date-time
     * @example 2022-03-10T16:15:50Z
     */
    Instant: string;
    Inventory: {
      installations: components["schemas"]["AgentInstallation"][];
      uses: components["schemas"]["AgentUse"][];
      mcpServers: components["schemas"]["McpServer"][];
      settings: components["schemas"]["AgentSettings"][];
      drifts: components["schemas"]["SettingsDrift"][];
      problems: string[];
    };
    LastAttempt: {
      at: components["schemas"]["Instant"];
      status: components["schemas"]["Status"];
      reason: string;
    };
    McpServer: {
      agent: string;
      user: string;
      name: string;
      command: string[];
      url: string;
      environment: string[];
      scope: string;
      file: string;
      allowed?: boolean;
    };
    NewToken: {
      group: string;
      tags?: {
        [key: string]: string;
      };
      /** Format: int32 */
      expiresInHours?: number;
      reason: string;
    };
    NewUser: {
      name: string;
      displayName: string;
      roles: components["schemas"]["Role"][];
      password: string;
      reason: string;
    };
    Oidc: {
      enabled: boolean;
      loginUrl: string;
    };
    Options: {
      local: boolean;
      oidc: components["schemas"]["Oidc"];
    };
    PageAgentView: {
      items: components["schemas"]["CodingAgent"][];
      nextCursor?: string;
    };
    PageAuditView: {
      items: components["schemas"]["AuditView"][];
      nextCursor?: string;
    };
    PageEndpointSummary: {
      items: components["schemas"]["EndpointSummary"][];
      nextCursor?: string;
    };
    PageRunView: {
      items: components["schemas"]["Run"][];
      nextCursor?: string;
    };
    PageSessionView: {
      items: components["schemas"]["SessionSummary"][];
      nextCursor?: string;
    };
    PageSummary: {
      items: components["schemas"]["PolicySummary"][];
      nextCursor?: string;
    };
    PageTokenView: {
      items: components["schemas"]["TokenView"][];
      nextCursor?: string;
    };
    PageUserView: {
      items: components["schemas"]["UserView"][];
      nextCursor?: string;
    };
    /** @enum {string} */
    PathAccess: "read" | "write";
    /** @enum {string} */
    Permission:
      | "access.manage"
      | "audit.read"
      | "content.read"
      | "enrollment.read"
      | "enrollment.manage"
      | "fleet.read"
      | "fleet.manage"
      | "investigation.read"
      | "policy.read"
      | "policy.write"
      | "policy.publish";
    Policy: {
      name: string;
      kind: components["schemas"]["DocumentKind"];
      title: string;
      description: string;
      draft: components["schemas"]["PolicyDraft"] | null;
      /** @description newest first */
      revisions: components["schemas"]["PolicyRevisionSummary"][];
    };
    PolicyDecision: {
      decision: components["schemas"]["Decision"];
      rule: string;
      reason: string;
    };
    PolicyDraft: {
      source: string;
      /**
       * Format: int32
       * @description name it as expectedRevision when you save or publish
       */
      revision: number;
      author: string;
      updatedAt: components["schemas"]["Instant"];
    };
    PolicyPublication: {
      /** Format: int32 */
      revision: number;
      /** Format: int64 */
      targetsVersion: number;
    };
    PolicyRevision: {
      name: string;
      kind: components["schemas"]["DocumentKind"];
      /** Format: int32 */
      revision: number;
      digest: string;
      author: string;
      reason: string;
      publishedAt: components["schemas"]["Instant"];
      source: string;
    };
    PolicyRevisionSummary: {
      /** Format: int32 */
      revision: number;
      digest: string;
      author: string;
      reason: string;
      publishedAt: components["schemas"]["Instant"];
    };
    PolicySummary: {
      name: string;
      kind: components["schemas"]["DocumentKind"];
      title: string;
      /** Format: int32 */
      publishedRevision: number | null;
      draftUpdatedAt:
        | ((string | components["schemas"]["Instant"] | null) | null)
        | components["schemas"]["Instant"]
        | null;
      updatedAt: components["schemas"]["Instant"];
      updatedBy: string;
    };
    PolicyValidation: {
      valid: boolean;
      kind: components["schemas"]["DocumentKind"] | null;
      name: string | null;
      errors: components["schemas"]["DocumentError"][];
    };
    Provenance: {
      /** @description JSON pointer into policy */
      pointer: string;
      value: string;
      /** @description target path of the document, or builtin */
      target: string;
      /** Format: int32 */
      line: number;
      /** @enum {string} */
      kind: "base" | "tightening" | "exception" | "builtin";
      /** Format: int32 */
      revision: number;
    };
    PublishPolicy: {
      reason: string;
      /**
       * Format: int32
       * @description revision of the draft that is published
       */
      expectedRevision: number;
    };
    Reason: {
      reason: string;
    };
    RepositoryExpires: {
      root: components["schemas"]["Instant"];
      targets: components["schemas"]["Instant"];
      snapshot: components["schemas"]["Instant"];
      timestamp: components["schemas"]["Instant"];
    };
    RepositoryStatus: {
      versions: components["schemas"]["RepositoryVersions"];
      expires: components["schemas"]["RepositoryExpires"];
      /** @description none: the server itself holds the approver key */
      separation: components["schemas"]["Separation"];
      separationNotice: string;
    };
    RepositoryVersions: {
      /** Format: int64 */
      root: number;
      /** Format: int64 */
      targets: number;
      /** Format: int64 */
      snapshot: number;
      /** Format: int64 */
      timestamp: number;
    };
    ResolvedEndpointPolicy: {
      policy: {
        [key: string]: unknown;
      };
      provenance: components["schemas"]["Provenance"][];
      notices: string[];
      digest: string;
      /** @description whether the endpoint reports this very policy; null when it has reported none */
      matchesReported: boolean | null;
    };
    /** @enum {string} */
    Role: "administrator" | "approver" | "analyst" | "viewer";
    Run: {
      traceId: string;
      spanId: string;
      sessionId: string;
      sessionName: string;
      endpointId: string;
      hostname: string;
      user: string;
      startedAt: components["schemas"]["Instant"];
      /** Format: double */
      durationMs: number;
      command: string | null;
      executable: string | null;
      workingDirectory: string | null;
      /** @enum {string} */
      decision: "allow" | "prompt" | "deny";
      rule: string | null;
      reason: string | null;
      enforced: boolean;
      /** Format: int32 */
      exitCode: number | null;
      /** Format: int64 */
      refusedConnections: number;
      policyName: string | null;
      /** Format: int32 */
      policyVersion: number | null;
      toolCallId: string | null;
      statedReason: string | null;
      limitsHit: string[];
      outcome: string | null;
      attested: boolean;
    };
    SaveDraft: {
      source: string;
      reason: string;
      /**
       * Format: int32
       * @description revision of the draft that was changed; 0 or absent when there was none
       */
      expectedRevision?: number;
    };
    /** @enum {string} */
    Separation: "none";
    SessionDetail: {
      id: string;
      name: string;
      endpointId: string;
      hostname: string;
      user: string;
      agent: string | null;
      startedAt: components["schemas"]["Instant"];
      lastAt: components["schemas"]["Instant"];
      /** Format: int64 */
      denied: number;
      /** Format: int64 */
      failed: number;
      runs: components["schemas"]["Run"][];
      /** @description true when the session has older runs than these */
      runsTruncated: boolean;
      /** @description what the coding agent tells of the session: self-reported */
      events: components["schemas"]["SessionEvent"][];
      /** @description true when the session has older events than these */
      eventsTruncated: boolean;
    };
    SessionEvent: {
      id: string;
      at: components["schemas"]["Instant"];
      kind: string;
      agent: string | null;
      original: string | null;
      traceId: string | null;
      toolCallId: string | null;
      tool: string | null;
      model: string | null;
      decision: string | null;
      rule: string | null;
      reason: string | null;
      outcome: string | null;
      runId: string | null;
      join: string;
      sender: string | null;
      text: string | null;
      attested: boolean;
    };
    SessionSummary: {
      id: string;
      name: string;
      endpointId: string;
      hostname: string;
      user: string;
      agent: string | null;
      startedAt: components["schemas"]["Instant"];
      lastAt: components["schemas"]["Instant"];
      /** Format: int64 */
      runs: number;
      /** Format: int64 */
      denied: number;
      /** Format: int64 */
      failed: number;
    };
    SettingsDrift: {
      agent: string;
      at?: components["schemas"]["Instant"];
      path: string;
      diff: string;
    };
    SettingsFile: {
      path: string;
      sha256: string;
      problem: string;
    };
    SignedInSession: {
      user: string;
      displayName: string;
      roles: components["schemas"]["Role"][];
      permissions: components["schemas"]["Permission"][];
      csrfToken: string;
      expiresAt: components["schemas"]["Instant"];
    };
    Span: {
      spanId: string;
      parentSpanId: string | null;
      name: string;
      endpointId: string;
      service: string | null;
      startedAt: components["schemas"]["Instant"];
      endedAt: components["schemas"]["Instant"];
      /** Format: double */
      durationMs: number;
      /** @enum {string} */
      status: "unset" | "ok" | "error";
      attested: boolean;
      attributes: {
        [key: string]: unknown;
      };
      content: {
        [key: string]: unknown;
      } | null;
      events: components["schemas"]["SpanEvent"][];
    };
    SpanEvent: {
      name: string;
      at: components["schemas"]["Instant"];
      attributes: {
        [key: string]: unknown;
      };
    };
    /** @enum {string} */
    Standing: "managed" | "unmanaged" | "unknown";
    /** @enum {string} */
    Status: "APPLIED" | "APPLYING" | "FAILED";
    /** @enum {string} */
    TokenState: "unused" | "used" | "expired" | "revoked";
    TokenView: {
      id: string;
      group: string;
      tags: {
        [key: string]: string;
      };
      createdBy: string;
      createdAt: components["schemas"]["Instant"];
      expiresAt: components["schemas"]["Instant"];
      state: components["schemas"]["TokenState"];
      usedBy?: components["schemas"]["UUID"];
    };
    Trace: {
      traceId: string;
      sessionId: string | null;
      spans: components["schemas"]["Span"][];
      truncated: boolean;
    };
    /** Format: uuid */
    UUID: string;
    UserChange: {
      roles?: components["schemas"]["Role"][];
      disabled?: boolean;
      password?: string;
      reason: string;
    };
    UserView: {
      name: string;
      displayName: string;
      roles: components["schemas"]["Role"][];
      disabled: boolean;
      createdAt: components["schemas"]["Instant"];
    };
    ValidatePolicy: {
      source: string;
    };
    Verification: {
      intact?: boolean;
      /** Format: int64 */
      checked?: number;
      /** Format: int64 */
      firstBroken?: number;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getAsks: {
    parameters: {
      query?: {
        /** @description the coding agent, for example codex or claude-code */
        agent?: string;
        /** @description id of the endpoint */
        endpoint?: string;
        /** @description from the hour of this time on, RFC 3339; seven days ago when absent */
        from?: string;
        /** @description before the end of the hour of this time, RFC 3339; now when absent */
        to?: string;
        /** @description the user, exactly */
        user?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AskReport"];
        };
      };
    };
  };
  listAudit: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description how many items at most, 1 to 200 */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageAuditView"];
        };
      };
    };
  };
  verifyAudit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Verification"];
        };
      };
    };
  };
  listBaselines: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Baseline"][];
        };
      };
    };
  };
  listCodingAgents: {
    parameters: {
      query?: {
        /** @description the agent, for example codex or claude-code */
        agent?: string;
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description id of the endpoint */
        endpoint?: string;
        /** @description how many items at most, 1 to 200 */
        limit?: number;
        /** @description part of user, host name, agent or path */
        q?: string;
        /** @description why policy does not let it run; any for whatever it does not let run */
        refusal?: "any" | "denied" | "unlisted" | "too-old" | "version-unknown";
        /** @description how it stands with the policy */
        standing?: "managed" | "unmanaged" | "unknown";
        /** @description the user, exactly */
        user?: string;
        /** @description the version, exactly */
        version?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageAgentView"];
        };
      };
    };
  };
  countCodingAgents: {
    parameters: {
      query?: {
        /** @description the agent, for example codex or claude-code */
        agent?: string;
        /** @description id of the endpoint */
        endpoint?: string;
        /** @description part of user, host name, agent or path */
        q?: string;
        /** @description why policy does not let it run; any for whatever it does not let run */
        refusal?: "any" | "denied" | "unlisted" | "too-old" | "version-unknown";
        /** @description how it stands with the policy */
        standing?: "managed" | "unmanaged" | "unknown";
        /** @description the user, exactly */
        user?: string;
        /** @description the version, exactly */
        version?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CodingAgentCount"][];
        };
      };
    };
  };
  listEndpoints: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description how many items at most, 1 to 200 */
        limit?: number;
        /** @description part of host name, group or id */
        q?: string;
        /** @description disabled, never-synced, silent, refused, stale, in-force or pending */
        state?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageEndpointSummary"];
        };
      };
    };
  };
  getEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["EndpointDetail"];
        };
      };
    };
  };
  disableEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Reason"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["EndpointDetail"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getEndpointEffectivePolicy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description the policy */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ResolvedEndpointPolicy"];
        };
      };
      /** @description fleet.endpoint-not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  enableEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Reason"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["EndpointDetail"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getEndpointInventory: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description the last report */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["EndpointInventory"];
        };
      };
      /** @description fleet.endpoint-not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listEndpointRuns: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description how many items at most, 1 to 200 */
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description the runs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageRunView"];
        };
      };
      /** @description fleet.endpoint-not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listEnrollmentTokens: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description how many items at most, 1 to 200 */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageTokenView"];
        };
      };
    };
  };
  createEnrollmentToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewToken"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CreatedToken"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  revokeEnrollmentToken: {
    parameters: {
      query?: {
        reason?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listPolicies: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before */
        cursor?: string;
        kind?: components["schemas"]["DocumentKind"];
        /** @description how many items at most, 1 to 200 */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageSummary"];
        };
      };
    };
  };
  createPolicy: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreatePolicy"];
      };
    };
    responses: {
      /** @description the draft */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.exists */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.document-invalid; errors are DocumentError */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  evaluatePolicy: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["EvaluatePolicy"];
      };
    };
    responses: {
      /** @description the decision */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PolicyDecision"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.document-invalid; errors are DocumentError */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  validatePolicy: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ValidatePolicy"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PolicyValidation"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getPolicy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description the document */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Policy"];
        };
      };
      /** @description policy.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  saveDraft: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SaveDraft"];
      };
    };
    responses: {
      /** @description the draft as saved */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PolicyDraft"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.revision-conflict; errors hold the draft as it is now (PolicyDraft), if there is one */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.document-invalid; errors are DocumentError */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  discardDraft: {
    parameters: {
      query?: {
        expectedRevision?: number;
        reason?: string;
      };
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.no-draft or policy.revision-conflict */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  publishPolicy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PublishPolicy"];
      };
    };
    responses: {
      /** @description what was published */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PolicyPublication"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.no-draft or policy.revision-conflict */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description policy.reference-broken; errors are DocumentError */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getPolicyRevision: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
        revision: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description the revision */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PolicyRevision"];
        };
      };
      /** @description policy.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getPolicySchema: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": string;
        };
      };
    };
  };
  getRepository: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RepositoryStatus"];
        };
      };
    };
  };
  getSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SignedInSession"];
        };
      };
    };
  };
  signIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Credentials"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SignedInSession"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  signOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getSessionOptions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Options"];
        };
      };
    };
  };
  listSessions: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description sessions with a run that was so decided */
        decision?: "allow" | "prompt" | "deny";
        /** @description id of the endpoint */
        endpoint?: string;
        /** @description active at or after, RFC 3339 */
        from?: string;
        /** @description how many items at most, 1 to 200 */
        limit?: number;
        /** @description part of the session's name, user, host name or agent */
        q?: string;
        /** @description active before, RFC 3339 */
        to?: string;
        /** @description the user, exactly */
        user?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageSessionView"];
        };
      };
    };
  };
  getSessionDetail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description the session */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SessionDetail"];
        };
      };
      /** @description investigation.session-not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getTrace: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        traceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description the trace */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Trace"];
        };
      };
      /** @description investigation.trace-not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listUsers: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description how many items at most, 1 to 200 */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageUserView"];
        };
      };
    };
  };
  createUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewUser"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["UserView"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  changeUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["UserChange"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["UserView"];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
