import { describe, expect, it } from "vitest";
import { absoluteTime, duration, plainValue, relativeTime, short } from "../src/ui/format.ts";

const now = Date.parse("2026-03-01T12:00:00Z");

describe("relative time", () => {
  it.each([
    ["2026-03-01T11:59:58Z", "just now"],
    ["2026-03-01T11:59:30Z", "30 seconds ago"],
    ["2026-03-01T11:59:00Z", "1 minute ago"],
    ["2026-03-01T09:00:00Z", "3 hours ago"],
    ["2026-02-28T11:00:00Z", "25 hours ago"],
    ["2026-02-20T12:00:00Z", "9 days ago"],
    ["2026-03-08T12:00:00Z", "in 7 days"],
  ])("says %s as %s", (at, words) => {
    expect(relativeTime(at, now)).toBe(words);
  });

  it("shows what is no time as it stands", () => {
    expect(relativeTime("soon", now)).toBe("soon");
    expect(absoluteTime("soon")).toBe("soon");
  });
});

describe("duration", () => {
  it.each([
    [null, "–"],
    [0.42, "420 µs"],
    [6.94, "6.9 ms"],
    [336, "336 ms"],
    [5230, "5.2 s"],
    [91_000, "1 min 31 s"],
    [3_900_000, "1 h 5 min"],
  ])("says %s ms as %s", (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe("values", () => {
  it("keeps text as it is and shows the rest as JSON", () => {
    expect(plainValue("~/.ssh")).toBe("~/.ssh");
    expect(plainValue(["git", "push"])).toBe('["git","push"]');
    expect(plainValue(null)).toBe("–");
  });

  it("shortens a digest but never a short one", () => {
    expect(short("sha256:0123456789abcdef")).toBe("0123456789ab…");
    expect(short("0123")).toBe("0123");
  });
});
