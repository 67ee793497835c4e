import type { PolicyDetail, RevisionSummary } from "../api/types.ts";

export function newestFirst<T extends Pick<RevisionSummary, "revision">>(revisions: T[]): T[] {
  return revisions.toSorted((a, b) => b.revision - a.revision);
}

/** What a save must say it is based on: the draft's own number, or 0 when there is no draft yet. */
export function expectedRevision(policy: Pick<PolicyDetail, "draft">): number {
  return policy.draft?.revision ?? 0;
}

/** The two sides of a comparison as the URL names them: a revision's number or "draft". */
export type Side = number | "draft";

export function parseSide(text: string | null): Side | null {
  if (text === "draft") {
    return "draft";
  }
  return text && /^[1-9]\d*$/.test(text) ? Number(text) : null;
}

/** What is compared when the URL does not say: the newest revision with the draft, else with the one before it. */
export function defaultSides(policy: PolicyDetail): { from: Side | null; to: Side | null } {
  const [newest, before] = newestFirst(policy.revisions);
  if (policy.draft) {
    return { from: newest?.revision ?? null, to: "draft" };
  }
  return { from: before?.revision ?? null, to: newest?.revision ?? null };
}

/** A baseline's text under a name of its own, so that it does not pass for the library's. */
export function renamed(source: string, name: string): string {
  return source
    .replace(/^(metadata:\s*\{[^}\n]*\bname:\s*)([^,}\s]+)/m, `$1${name}`)
    .replace(
      /^(metadata:\s*(?:#.*)?\n(?:[ \t]+.*\n)*?[ \t]+name:[ \t]*)("[^"]*"|'[^']*'|[^\s#]+)/m,
      `$1${name}`,
    );
}
