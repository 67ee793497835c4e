// Generated from server/openapi/admin-v1.json by `npm run generate`. Do not edit.

export interface paths {
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
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
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
    LastAttempt: {
      at: components["schemas"]["Instant"];
      status: components["schemas"]["Status"];
      reason: string;
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
    Oidc: {
      enabled: boolean;
      loginUrl: string;
    };
    Options: {
      local: boolean;
      oidc: components["schemas"]["Oidc"];
    };
    PageAuditView: {
      items: components["schemas"]["AuditView"][];
      nextCursor?: string;
    };
    PageEndpointSummary: {
      items: components["schemas"]["EndpointSummary"][];
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
    /** @enum {string} */
    Role: "administrator" | "approver" | "analyst" | "viewer";
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
    SessionView: {
      user: string;
      displayName: string;
      roles: components["schemas"]["Role"][];
      permissions: components["schemas"]["Permission"][];
      csrfToken: string;
      expiresAt: components["schemas"]["Instant"];
    };
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
    /** Format: uuid */
    UUID: string;
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
          "application/json": components["schemas"]["SessionView"];
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
          "application/json": components["schemas"]["SessionView"];
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
}
