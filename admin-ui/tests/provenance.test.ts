import { describe, expect, it } from "vitest";
import type { ProvenanceEntry } from "../src/api/types.ts";
import {
  groupProvenance,
  originOf,
  pointerParts,
  settingName,
  targetName,
} from "../src/fleet/provenance.ts";

const entry = (pointer: string, more: Partial<ProvenanceEntry> = {}): ProvenanceEntry => ({
  pointer,
  value: "v",
  target: "policies/balanced.yaml",
  line: 12,
  kind: "base",
  revision: 3,
  ...more,
});

describe("provenance", () => {
  it("names a setting as it is written", () => {
    expect(settingName("/filesystem/read/deny/0")).toBe("read.deny[0]");
    expect(settingName("/spec/commands/rules/2/id")).toBe("rules[2].id");
    expect(settingName("/mode")).toBe("mode");
  });

  it("undoes the escapes of a JSON pointer", () => {
    expect(pointerParts("/process/environment/set/A~1B~0C")).toEqual([
      "process",
      "environment",
      "set",
      "A/B~C",
    ]);
  });

  it("groups by section in the order of the document, unknown ones last", () => {
    const groups = groupProvenance([
      entry("/zoo/x"),
      entry("/network/mode"),
      entry("/mode"),
      entry("/network/deny/0"),
    ]);
    expect(groups.map(({ section, entries }) => [section, entries.length])).toEqual([
      ["mode", 1],
      ["network", 2],
      ["zoo", 1],
    ]);
  });

  it("links to the very line of the very revision", () => {
    expect(originOf(entry("/mode"))).toEqual({
      text: "balanced r3, line 12",
      link: "/policies/balanced/revisions/3?line=12",
    });
  });

  it("has no link for what is built in", () => {
    expect(originOf(entry("/mode", { kind: "builtin", target: "", revision: 0 }))).toEqual({
      text: "built in",
      link: null,
    });
  });

  it("knows a document by its target", () => {
    expect(targetName("tightenings/payments-hosts.yaml")).toBe("payments-hosts");
    expect(targetName("assignments.yaml")).toBe("assignments");
  });
});
