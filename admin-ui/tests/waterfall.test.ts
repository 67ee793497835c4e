import { describe, expect, it } from "vitest";
import type { Span } from "../src/api/types.ts";
import { layoutWaterfall, scale, startOf } from "../src/investigation/waterfall.ts";

const span = (
  spanId: string,
  parentSpanId: string | null,
  startedAt: string,
  durationMs: number,
): Span => ({
  spanId,
  parentSpanId,
  name: spanId,
  startedAt,
  endedAt: startedAt,
  endpointId: "e",
  service: null,
  durationMs,
  status: "unset",
  attested: true,
  attributes: {},
  content: null,
  events: [],
});
const at = (ms: string) => `2026-03-01T12:00:00.${ms}Z`;

describe("the waterfall", () => {
  it("draws children under their parent in the order they started", () => {
    const { rows } = layoutWaterfall([
      span("late", "root", at("060"), 10),
      span("root", null, at("000"), 100),
      span("early", "root", at("010"), 40),
      span("inner", "early", at("020"), 5),
    ]);
    expect(rows.map((row) => [row.span.spanId, row.depth])).toEqual([
      ["root", 0],
      ["early", 1],
      ["inner", 2],
      ["late", 1],
    ]);
  });

  it("places bars in per cent of the whole", () => {
    const { rows, totalMs } = layoutWaterfall([
      span("root", null, at("000"), 200),
      span("half", "root", at("100"), 50),
    ]);
    expect(totalMs).toBe(200);
    expect(rows[1]).toMatchObject({ left: 50, width: 25, offsetMs: 100 });
  });

  it("keeps a span whose parent is elsewhere as a root", () => {
    const { rows } = layoutWaterfall([span("run", "from-the-agent", at("000"), 10)]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ depth: 0, left: 0, width: 100 });
  });

  it("shows every span once even when parents form a cycle", () => {
    const { rows } = layoutWaterfall([
      span("a", "b", at("000"), 10),
      span("b", "a", at("001"), 10),
    ]);
    expect(rows.map((row) => row.span.spanId).toSorted()).toEqual(["a", "b"]);
  });

  it("never draws a bar too thin to see nor beyond the edge", () => {
    const { rows } = layoutWaterfall([
      span("root", null, at("000"), 100_000),
      span("blink", "root", "2026-03-01T12:01:40.000Z", 0.01),
    ]);
    const blink = rows[1]!;
    expect(blink.width).toBeGreaterThan(0.3);
    expect(blink.left + blink.width).toBeLessThanOrEqual(100);
  });

  it("counts fractions of a millisecond", () => {
    expect(
      startOf({ startedAt: "2026-03-01T12:00:00.001250Z" }) - Date.parse(at("001")),
    ).toBeCloseTo(0.25);
  });

  it("has a scale from nothing to the whole", () => {
    expect(scale(80)).toEqual([0, 20, 40, 60, 80]);
  });
});
