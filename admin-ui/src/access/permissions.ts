import type { Role } from "../api/types.ts";

/** What may be done, by whom. The server says what the session permits; the roles here are for the explanation. */
const allowed = {
  "fleet.manage": ["administrator"],
  "enrollment.read": ["administrator", "approver"],
  "enrollment.manage": ["administrator"],
  "policy.write": ["administrator", "approver"],
  "policy.publish": ["administrator", "approver"],
  "content.read": ["administrator", "analyst"],
  "audit.read": ["administrator", "approver", "analyst"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof allowed;

export const permissions = Object.keys(allowed) as Permission[];

const doing: Record<Permission, string> = {
  "fleet.manage": "disable or enable endpoints",
  "enrollment.read": "see enrollment tokens",
  "enrollment.manage": "create or revoke enrollment tokens",
  "policy.write": "change drafts",
  "policy.publish": "publish policies",
  "content.read": "read arguments and output",
  "audit.read": "read the audit log",
};

export type Verdict = { allowed: true } | { allowed: false; reason: string };

/** Whether this session may do it, and if not, why: the text a disabled button shows. */
export function may(
  session: { roles: readonly Role[]; permissions: readonly string[] } | null | undefined,
  permission: Permission,
): Verdict {
  if (session?.permissions.includes(permission)) {
    return { allowed: true };
  }
  const roles = session?.roles ?? [];
  const yours = roles.length > 0 ? listed(roles, "and") : "none";
  return {
    allowed: false,
    reason: `Only ${listed(allowed[permission], "or")} may ${doing[permission]} (your role: ${yours}).`,
  };
}

/** What a set of roles permits, by the same table. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  return permissions.filter((permission) =>
    roles.some((role) => (allowed[permission] as readonly Role[]).includes(role)),
  );
}

function listed(words: readonly string[], last: string): string {
  return words.length < 2
    ? (words[0] ?? "")
    : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}
