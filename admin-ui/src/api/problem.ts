/** One error of a document: where it is and how to put it right (RFC 9457 extension `errors`). */
export interface DocumentError {
  line: number;
  column: number;
  pointer: string;
  message: string;
  remedy: string;
}

/** What the server says when it says no: RFC 9457 problem details with Cordon's stable dotted code. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: DocumentError[];
  /** Seconds the server asks us to wait, if it did. */
  readonly retryAfter: number | null;

  constructor(init: {
    status: number;
    code: string;
    title?: string;
    detail?: string;
    errors?: DocumentError[];
    retryAfter?: number | null;
  }) {
    super(init.detail || init.title || init.code);
    this.name = "Problem";
    this.status = init.status;
    this.code = init.code;
    this.title = init.title ?? "";
    this.detail = init.detail ?? "";
    this.errors = init.errors ?? [];
    this.retryAfter = init.retryAfter ?? null;
  }

  static async of(response: Response): Promise<Problem> {
    const after = Number(response.headers.get("Retry-After"));
    const retryAfter = Number.isFinite(after) && after > 0 ? after : null;
    try {
      const body = (await response.json()) as Record<string, unknown>;
      return new Problem({
        status: response.status,
        code: typeof body["code"] === "string" ? body["code"] : `http.${response.status}`,
        title: typeof body["title"] === "string" ? body["title"] : "",
        detail: typeof body["detail"] === "string" ? body["detail"] : "",
        errors: Array.isArray(body["errors"]) ? (body["errors"] as DocumentError[]) : [],
        retryAfter,
      });
    } catch {
      return new Problem({ status: response.status, code: `http.${response.status}`, retryAfter });
    }
  }
}

/** What an error says to a person: a title, and what follows from it or what to do. */
export interface Explanation {
  title: string;
  body: string;
}

type Explain = (problem: Problem) => Explanation;

const say =
  (title: string, body = ""): Explain =>
  (problem) => ({ title, body: body || problem.detail });

/** Every code that deserves words of our own. What is not here shows the server's title and detail. */
const byCode: Record<string, Explain> = {
  "access.not-signed-in": say("You are not signed in", "Sign in to go on."),
  "access.bad-credentials": say("Wrong user name or password", "Check both and try again."),
  "access.rate-limited": (problem) => ({
    title: "Too many attempts",
    body: problem.retryAfter
      ? `Wait ${waitingTime(problem.retryAfter)}, then try again.`
      : "Wait a few minutes, then try again.",
  }),
  "access.csrf": say(
    "This page is older than your session",
    "Reload the page and do it again. Nothing was changed.",
  ),
  "access.forbidden": say("Your role does not allow this"),
  "access.reason-required": say("A reason is required", "Say why; it is kept in the audit log."),
  "access.oidc-no-role": say("Your account has no role here"),
  "enrollment.token-not-found": say(
    "There is no such enrollment token",
    "It may have been removed.",
  ),
  "enrollment.token-unknown": say("There is no such enrollment token"),
  "enrollment.token-used": say("This enrollment token is already used"),
  "enrollment.token-revoked": say("This enrollment token is already revoked"),
  "enrollment.token-expired": say("This enrollment token has expired"),
  "fleet.endpoint-not-found": say(
    "There is no such endpoint",
    "It may have been removed, or the link is wrong.",
  ),
  "fleet.endpoint-disabled": say("This endpoint is disabled"),
  "policy.document-invalid": say("The document is not valid"),
  "policy.revision-conflict": say(
    "Somebody else changed this meanwhile",
    "Your text is still here. Compare both versions and save the merged one.",
  ),
  "policy.exists": say("There is a document of this name already", "Give yours another name."),
  "policy.no-draft": say(
    "There is no draft any more",
    "Somebody published or discarded it. Reload the page.",
  ),
  "policy.reference-broken": say("This would break what refers to it"),
  "policy.not-found": say(
    "There is no such policy",
    "It may have another name, or the link is wrong.",
  ),
  "platform.internal": (problem) => ({
    title: "The server failed",
    body: problem.detail || "The failure is in the server's log. Try again.",
  }),
  "platform.bad-request": say("The server did not understand the request"),
  "platform.invalid": say("Some values are not valid"),
  "platform.bad-cursor": say("This page of the list is gone", "Go back to its first page."),
  "platform.too-large": say("This is too large for the server"),
  "platform.unavailable": say(
    "The server is not ready",
    "It may be starting. Try again in a moment.",
  ),
};

/** The one place where an error becomes words. */
export function explain(error: unknown): Explanation {
  if (error instanceof Problem) {
    const known = byCode[error.code];
    if (known) {
      return known(error);
    }
    if (error.status === 404) {
      return {
        title: "There is nothing here",
        body: error.detail || "The link may be wrong or too old.",
      };
    }
    return {
      title: error.title || `The server answered ${error.status}`,
      body: error.detail || "Try again.",
    };
  }
  if (error instanceof TypeError) {
    return { title: "The server cannot be reached", body: "Check the connection and try again." };
  }
  return {
    title: "Something went wrong",
    body: error instanceof Error ? error.message : String(error),
  };
}

/** A 4xx will be the same when asked again; a retry is offered for all, but done by itself only for the rest. */
export function isTransient(error: unknown): boolean {
  return !(error instanceof Problem) || error.status >= 500;
}

function waitingTime(seconds: number): string {
  if (seconds < 90) {
    return `${Math.ceil(seconds)} seconds`;
  }
  return `${Math.ceil(seconds / 60)} minutes`;
}
