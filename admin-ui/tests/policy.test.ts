import { describe, expect, it } from "vitest";
import type { PolicyDetail } from "../src/api/types.ts";
import { changedLines } from "../src/policy/changed-lines.ts";
import { defaultSides, expectedRevision, parseSide, renamed } from "../src/policy/merge.ts";
import { dropUnsaved, keepUnsaved, readUnsaved } from "../src/policy/unsaved.ts";
import { splitHost, splitWords } from "../src/policy/words.ts";

const policy = (revisions: number[], draft: number | null): PolicyDetail => ({
  name: "p",
  kind: "SandboxPolicy",
  title: "",
  description: "",
  draft: draft === null ? null : { source: "", revision: draft, author: "a", updatedAt: "" },
  revisions: revisions.map((revision) => ({
    revision,
    digest: "",
    author: "",
    reason: "",
    publishedAt: "",
  })),
});

describe("a draft", () => {
  it("is saved over the number it was read with, or 0 for the first", () => {
    expect(expectedRevision(policy([], null))).toBe(0);
    expect(expectedRevision(policy([1], 7))).toBe(7);
  });

  it("is compared with what is published, else the two newest revisions are", () => {
    expect(defaultSides(policy([1, 3, 2], 1))).toEqual({ from: 3, to: "draft" });
    expect(defaultSides(policy([1, 3, 2], null))).toEqual({ from: 2, to: 3 });
    expect(defaultSides(policy([], 1))).toEqual({ from: null, to: "draft" });
  });

  it("is not lost with the page, and forgotten once saved", () => {
    keepUnsaved("p", { text: "a: 1", basedOn: 4 });
    expect(readUnsaved("p")).toEqual({ text: "a: 1", basedOn: 4 });
    expect(readUnsaved("other")).toBeNull();
    dropUnsaved("p");
    expect(readUnsaved("p")).toBeNull();
  });

  it("does not come back from something that is none", () => {
    sessionStorage.setItem("cordon.unsaved.p", "{broken");
    expect(readUnsaved("p")).toBeNull();
  });
});

describe("a side of a comparison", () => {
  it.each([
    ["draft", "draft"],
    ["12", 12],
    ["0", null],
    ["-1", null],
    ["", null],
    [null, null],
  ])("reads %j as %j", (text, side) => {
    expect(parseSide(text)).toBe(side);
  });
});

describe("changed lines", () => {
  it("counts what is added and removed", () => {
    expect(changedLines("a\nb\nc", "a\nx\ny\nc")).toEqual({ added: 2, removed: 1 });
    expect(changedLines("a\nb", "a\nb")).toEqual({ added: 0, removed: 0 });
  });
});

describe("a start from the library", () => {
  it("gets a name of its own in block and flow style, and nothing else changes", () => {
    expect(
      renamed("kind: X\nmetadata:\n  title: T\n  name: balanced # n\nspec: {}\n", "mine"),
    ).toBe("kind: X\nmetadata:\n  title: T\n  name: mine # n\nspec: {}\n");
    expect(renamed("metadata: {name: balanced, title: B}\n", "mine")).toBe(
      "metadata: {name: mine, title: B}\n",
    );
  });

  it("does not touch names elsewhere", () => {
    const source = "spec:\n  name: other\n";
    expect(renamed(source, "mine")).toBe(source);
  });
});

describe("words of a typed command", () => {
  it.each([
    ["git push --force", ["git", "push", "--force"]],
    ["bash -lc 'rm -rf \"x y\"'", ["bash", "-lc", 'rm -rf "x y"']],
    ['echo "a \\" b" \'\'', ["echo", 'a " b', ""]],
    ["a\\ b", ["a b"]],
    ["", []],
  ])("splits %j", (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  it("does not guess where a quote ends", () => {
    expect(splitWords("echo 'a")).toBeNull();
  });
});

describe("a typed host", () => {
  it.each([
    ["registry.npmjs.org", { host: "registry.npmjs.org", port: 443 }],
    ["example.com:8080", { host: "example.com", port: 8080 }],
    ["[::1]:80", { host: "::1", port: 80 }],
    ["example.com:99999", null],
    ["http://example.com", null],
    ["", null],
  ])("reads %j", (text, target) => {
    expect(splitHost(text)).toEqual(target);
  });
});
