import { describe, expect, it } from "vitest";
import { fromLocalInput, toLocalInput } from "../src/ui/filter-bar.tsx";
import { withCursor, withFilter } from "../src/ui/url-state.ts";

describe("the state of a list in the URL", () => {
  it("goes back to the first page when a filter changes", () => {
    const next = withFilter(new URLSearchParams("q=anna&cursor=abc"), "state", "refused");
    expect(next.toString()).toBe("q=anna&state=refused");
  });

  it("drops an emptied filter", () => {
    expect(withFilter(new URLSearchParams("q=anna&state=silent"), "q", "").toString()).toBe(
      "state=silent",
    );
  });

  it("keeps the filters when the page changes", () => {
    expect(withCursor(new URLSearchParams("q=anna"), "n3xt").toString()).toBe("q=anna&cursor=n3xt");
    expect(withCursor(new URLSearchParams("q=anna&cursor=n3xt"), null).toString()).toBe("q=anna");
  });

  it("does not change what it was given", () => {
    const before = new URLSearchParams("cursor=abc");
    withFilter(before, "q", "x");
    expect(before.toString()).toBe("cursor=abc");
  });

  it("holds moments in UTC whatever the field shows", () => {
    const utc = "2026-03-01T12:30:00.000Z";
    expect(fromLocalInput(toLocalInput(utc))).toBe(utc);
    expect(toLocalInput("")).toBe("");
    expect(fromLocalInput("not a time")).toBe("");
  });
});
