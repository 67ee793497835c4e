import type { ProvenanceEntry, ProvenanceKind } from "../api/types.ts";

/** Where a value was set: the text, and the link to that very line when the document is a published one. */
export interface Origin {
  text: string;
  link: string | null;
}

export interface ProvenanceGroup {
  /** First component of the pointers: `filesystem`, `network`, … */
  section: string;
  entries: (ProvenanceEntry & { setting: string })[];
}

export const kindWords: Record<ProvenanceKind, string> = {
  base: "Policy",
  tightening: "Tightening",
  exception: "Exception",
  builtin: "Built in",
};

const order = ["mode", "filesystem", "network", "process", "commands", "agents", "telemetry"];

/** "/filesystem/read/deny/0" → ["filesystem", "read", "deny", "0"] (RFC 6901). */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer as a person writes it: `read.deny[0]`, without the section it is listed under. */
export function settingName(pointer: string): string {
  const parts = withoutSpec(pointerParts(pointer));
  const rest = parts.length > 1 ? parts.slice(1) : parts;
  return rest
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : (index > 0 ? "." : "") + part))
    .join("");
}

export function groupProvenance(entries: ProvenanceEntry[]): ProvenanceGroup[] {
  const groups = new Map<string, ProvenanceGroup>();
  for (const entry of entries) {
    const section = withoutSpec(pointerParts(entry.pointer))[0] ?? "policy";
    const group = groups.get(section) ?? { section, entries: [] };
    group.entries.push({ ...entry, setting: settingName(entry.pointer) });
    groups.set(section, group);
  }
  return [...groups.values()].toSorted((a, b) => rank(a.section) - rank(b.section));
}

function rank(section: string): number {
  return order.includes(section) ? order.indexOf(section) : order.length;
}

/** "policies/balanced.yaml" → "balanced": the name by which the console knows a signed target. */
export function targetName(target: string): string {
  return target.replace(/^.*\//, "").replace(/\.(ya?ml|json)$/, "");
}

export function originOf(
  entry: Pick<ProvenanceEntry, "target" | "line" | "revision" | "kind">,
): Origin {
  if (entry.kind === "builtin") {
    return { text: "built in", link: null };
  }
  const name = targetName(entry.target);
  const place = `/policies/${encodeURIComponent(name)}/revisions/${entry.revision}`;
  return {
    text: `${name} r${entry.revision}, line ${entry.line}`,
    link: `${place}?line=${entry.line}`,
  };
}

function withoutSpec(parts: string[]): string[] {
  return parts[0] === "spec" ? parts.slice(1) : parts;
}
