import { HttpResponse } from "msw";
import { permissionsOf, type Permission } from "../src/access/permissions.ts";
import type { Session } from "../src/api/types.ts";
import type { MockState } from "./seed.ts";

export function problem(
  status: number,
  code: string,
  title: string,
  more: Record<string, unknown> = {},
) {
  return HttpResponse.json(
    { type: "about:blank", title, status, code, detail: more["detail"] ?? "", ...more },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );
}

export type Reply = ReturnType<typeof problem> | HttpResponse<null>;

export function sessionOf(state: MockState, request: Request): Session | null {
  const token = /cordon-session=([\w-]+)/.exec(request.headers.get("Cookie") ?? "")?.[1] ?? "";
  const user = state.sessions.get(token);
  const known = user === undefined ? undefined : state.users[user];
  return known && user !== undefined
    ? {
        user,
        displayName: known.displayName,
        roles: known.roles,
        permissions: permissionsOf(known.roles),
        csrfToken: `csrf-${token}`,
        expiresAt: new Date(state.now() + 8 * 3_600_000).toISOString(),
      }
    : null;
}

/** The server's own order: who, then the anti-forgery header, then the permission. */
export function refusal(state: MockState, request: Request, permission?: Permission): Reply | null {
  const session = sessionOf(state, request);
  if (!session) {
    return problem(401, "access.not-signed-in", "Not signed in");
  }
  if (request.method !== "GET" && request.headers.get("X-Cordon-CSRF") !== session.csrfToken) {
    return problem(403, "access.csrf", "The request lacks its anti-forgery header");
  }
  if (permission && !session.permissions.includes(permission)) {
    return problem(403, "access.forbidden", "Not permitted", {
      detail: `${permission} is needed.`,
    });
  }
  return null;
}

/** A page of a list; the cursor is the index of its first item. */
export function page<T>(url: URL, items: T[]) {
  const from = Number(url.searchParams.get("cursor") ?? "0");
  const limit = Number(url.searchParams.get("limit") ?? "50");
  const end = from + limit;
  return HttpResponse.json({
    items: items.slice(from, end),
    nextCursor: end < items.length ? String(end) : null,
  });
}

export function record(
  state: MockState,
  actor: string,
  action: string,
  subject: string,
  reason: string,
): void {
  state.audit.unshift({
    sequence: state.audit.length + 1,
    at: new Date(state.now()).toISOString(),
    actor,
    action,
    subject,
    reason,
    hash: "0".repeat(64),
  });
}
