import type { Role } from "../api/types.ts";

/** What may be done, by whom: the one table. The server decides anyway; this only tells beforehand. */
const allowed = {
  "fleet.disable": ["administrator"],
  "enrollment.list": ["administrator", "approver", "analyst", "viewer"],
  "enrollment.issue": ["administrator"],
  "policy.draft": ["administrator", "approver"],
  "policy.publish": ["administrator", "approver"],
  "content.read": ["administrator", "analyst"],
  "audit.read": ["administrator", "approver", "analyst"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof allowed;

const doing: Record<Permission, string> = {
  "fleet.disable": "disable or enable endpoints",
  "enrollment.list": "see enrollment tokens",
  "enrollment.issue": "create or revoke enrollment tokens",
  "policy.draft": "change drafts",
  "policy.publish": "publish policies",
  "content.read": "read arguments and output",
  "audit.read": "read the audit log",
};

export type Verdict = { allowed: true } | { allowed: false; reason: string };

/** Whether one of these roles may do it, and if not, why: the text a disabled button shows. */
export function may(roles: readonly Role[], permission: Permission): Verdict {
  const wanted: readonly Role[] = allowed[permission];
  if (roles.some((role) => wanted.includes(role))) {
    return { allowed: true };
  }
  const yours = roles.length > 0 ? listed(roles, "and") : "none";
  return {
    allowed: false,
    reason: `Only ${listed(wanted, "or")} may ${doing[permission]} (your role: ${yours}).`,
  };
}

function listed(words: readonly string[], last: string): string {
  return words.length < 2
    ? (words[0] ?? "")
    : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}
