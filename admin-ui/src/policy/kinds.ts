import type { DocumentKind } from "../api/types.ts";

export const kindWords: Record<
  DocumentKind,
  { word: string; color: "blue" | "purple" | "orange" | "teal" }
> = {
  SandboxPolicy: { word: "Policy", color: "blue" },
  Tightening: { word: "Tightening", color: "purple" },
  Exception: { word: "Exception", color: "orange" },
  Assignments: { word: "Assignments", color: "teal" },
};

export const policyLink = (name: string) => `/policies/${encodeURIComponent(name)}`;
