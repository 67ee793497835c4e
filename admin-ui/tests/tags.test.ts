import { describe, expect, it } from "vitest";
import { enrollCommand } from "../src/enrollment/enroll-command.ts";
import { groupPattern, parseTags, tagText } from "../src/enrollment/tags.ts";

describe("tags of an enrollment token", () => {
  it.each([
    ["team=payments, site=zurich", { team: "payments", site: "zurich" }],
    [" , ", {}],
    ["team", null],
    ["Team=x", null],
    ["a=b=c", null],
  ])("reads %j", (text, tags) => {
    expect(parseTags(text)).toEqual(tags);
  });

  it("writes them back", () => {
    expect(tagText({ team: "a", site: "b" })).toBe("team=a, site=b");
  });

  it("knows what can be a group", () => {
    expect(groupPattern.test("engineering")).toBe(true);
    expect(groupPattern.test("Engineering team")).toBe(false);
  });
});

describe("the enroll command", () => {
  it("names this server and the token", () => {
    expect(enrollCommand("https://cordon.example:8443", "cet1.x")).toBe(
      "sudo cordon-agent enroll --server https://cordon.example:8443 --token cet1.x",
    );
  });
});
