import type { Standing } from "../api/types.ts";

type Status = "success" | "warning" | "danger";

/** How an agent stands with the policy of its endpoint, in words. */
export const standings: Record<Standing, { word: string; status: Status; meaning: string }> = {
  managed: {
    word: "Managed",
    status: "success",
    meaning: "The policy names it, and the endpoint manages its settings.",
  },
  unmanaged: {
    word: "Unmanaged",
    status: "warning",
    meaning: "The policy does not name it: its settings are what its users make them.",
  },
  unknown: {
    word: "Unknown agent",
    status: "warning",
    meaning: "A coding agent whose settings Cordon cannot manage.",
  },
};

/** Why policy does not let an agent run. */
export const refusals: Record<string, { word: string; meaning: string }> = {
  denied: { word: "Denied", meaning: "The policy does not let it run." },
  unlisted: {
    word: "Not listed",
    meaning: "The policy lets only the agents run that it lists, and this is none of them.",
  },
  "too-old": { word: "Too old", meaning: "It is older than the lowest version that may run." },
  "version-unknown": {
    word: "Version not known",
    meaning: "Its version cannot be told, and the policy asks for a lowest one.",
  },
};

const sources: Record<string, string> = {
  npm: "npm",
  native: "Vendor's installer",
  homebrew: "Homebrew",
  extension: "Editor extension",
  package: "System package",
  python: "Python tool",
  file: "Program file",
};

export function sourceWord(source: string): string {
  return source === "" ? "Only seen in use" : (sources[source] ?? source);
}

export const agentChoices = [
  { value: "codex", label: "Codex" },
  { value: "claude-code", label: "Claude Code" },
  { value: "gemini", label: "Gemini CLI" },
  { value: "copilot", label: "Copilot CLI" },
];

const titles = new Map(agentChoices.map(({ value, label }) => [value, label]));

/** The name of an agent for people, where a report has only its word. */
export function agentTitle(agent: string): string {
  return titles.get(agent) ?? agent;
}

/** One line of a unified diff with what it is. */
export interface DiffLine {
  number: number;
  kind: "added" | "removed" | "place" | "same";
  text: string;
}

export function diffLines(diff: string): DiffLine[] {
  return diff
    .replace(/\n$/, "")
    .split("\n")
    .map((text, number) => ({ number, kind: kindOf(text), text }));
}

function kindOf(line: string): DiffLine["kind"] {
  if (/^(---|\+\+\+|@@)/.test(line)) {
    return "place";
  }
  return line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
}
