import { describe, expect, it } from "vitest";
import { schema } from "../mock/documents.ts";
import { placeOf, suggest, type Schema } from "../src/policy/schema-completion.ts";

/** The text up to `|` is what stands before the cursor. */
function at(text: string): [string, number] {
  const position = text.indexOf("|");
  return [text.replace("|", ""), position];
}

const labels = (text: string) => suggest(schema as Schema, ...at(text)).map(({ label }) => label);

describe("where the cursor is", () => {
  it.each([
    ["ki|", [], null],
    ["metadata:\n  na|", ["metadata"], null],
    ["spec:\n  network:\n    mode: off|", ["spec", "network"], "mode"],
    [
      "spec:\n  commands:\n    rules:\n      - id: a\n        dec|",
      ["spec", "commands", "rules", "*"],
      null,
    ],
    [
      "spec:\n  commands:\n    rules:\n    - id: a\n      decision: de|",
      ["spec", "commands", "rules", "*"],
      "decision",
    ],
    ["spec:\n  commands:\n    rules:\n      - |", ["spec", "commands", "rules", "*"], null],
  ] as const)("reads %j", (text, path, key) => {
    expect(placeOf(...at(text))).toMatchObject({ path, key });
  });

  it("has no place inside a flow collection", () => {
    expect(placeOf(...at("spec:\n  network: {mo|"))).toBeNull();
  });

  it("passes over what lies deeper in between", () => {
    expect(placeOf(...at("spec:\n  filesystem:\n    read:\n      deny: []\n  net|"))).toMatchObject(
      {
        path: ["spec"],
      },
    );
  });
});

describe("completion from the schema", () => {
  it("offers the fields of a level, less those that stand there", () => {
    expect(labels("apiVersion: cordon.io/v1\n|\nmetadata:\n  name: x\n")).toEqual(["kind", "spec"]);
  });

  it("offers what the kind of the document has", () => {
    expect(labels("kind: Tightening\nspec:\n  |")).toEqual(["appliesTo", "filesystem", "agents"]);
    expect(labels("kind: SandboxPolicy\nspec:\n  |")).toContain("commands");
  });

  it("offers a tightening only what is stricter", () => {
    const named = "kind: Tightening\nspec:\n  agents:\n    gemini:\n      ";
    expect(labels(`${named}|`)).toEqual(["use", "minVersion"]);
    expect(labels(`${named}use: |`)).toEqual(["deny"]);
  });

  it("offers the values of a field", () => {
    expect(labels("kind: SandboxPolicy\nspec:\n  network:\n    mode: |")).toEqual([
      "offline",
      "proxy",
      "online",
    ]);
    expect(labels("kind: |")).toContain("Exception");
  });

  it("follows references into list items", () => {
    expect(
      labels("kind: SandboxPolicy\nspec:\n  commands:\n    rules:\n      - id: a\n        |"),
    ).toEqual(["match", "decision", "reason"]);
  });

  it("tells what a field is for and whether it must be there", () => {
    const [name] = suggest(schema as Schema, ...at("metadata:\n  |"));
    expect(name).toMatchObject({
      label: "name",
      insert: "name: ",
      detail: "string, required",
      info: "The name by which assignments refer to it.",
    });
  });

  it("offers nothing where the schema knows nothing", () => {
    expect(labels("nonsense:\n  |")).toEqual([]);
  });
});
