import type { Span } from "../api/types.ts";

export interface WaterfallRow {
  span: Span;
  depth: number;
  children: number;
  /** Start and length of the bar, both in per cent of the whole trace. */
  left: number;
  width: number;
  /** Milliseconds from the start of the trace. */
  offsetMs: number;
}

export interface Waterfall {
  rows: WaterfallRow[];
  startedAt: number;
  totalMs: number;
}

/** Bars shorter than this could not be seen or hit with the pointer. */
const narrowest = 0.4;

/**
 * The span tree in the order it is drawn. A span whose parent is not in the trace (still on its way, or never sent) is a
 * root; a cycle, which only a broken sender makes, is cut at the span met twice.
 */
export function layoutWaterfall(spans: Span[]): Waterfall {
  const known = new Set(spans.map((span) => span.spanId));
  const children = new Map<string, Span[]>();
  const roots: Span[] = [];
  for (const span of spans) {
    if (span.parentSpanId && known.has(span.parentSpanId) && span.parentSpanId !== span.spanId) {
      children.set(span.parentSpanId, [...(children.get(span.parentSpanId) ?? []), span]);
    } else {
      roots.push(span);
    }
  }
  const startedAt = Math.min(...spans.map(startOf));
  const totalMs = Math.max(...spans.map((span) => startOf(span) + span.durationMs)) - startedAt;
  const rows: WaterfallRow[] = [];
  const drawn = new Set<string>();

  const draw = (span: Span, depth: number) => {
    if (drawn.has(span.spanId)) {
      return;
    }
    drawn.add(span.spanId);
    const offsetMs = startOf(span) - startedAt;
    const width = totalMs > 0 ? Math.max((100 * span.durationMs) / totalMs, narrowest) : 100;
    const left = totalMs > 0 ? Math.min((100 * offsetMs) / totalMs, 100 - Math.min(width, 100)) : 0;
    const below = (children.get(span.spanId) ?? []).toSorted(byStart);
    rows.push({
      span,
      depth,
      children: below.length,
      left,
      width: Math.min(width, 100 - left),
      offsetMs,
    });
    below.forEach((child) => draw(child, depth + 1));
  };

  roots.toSorted(byStart).forEach((root) => draw(root, 0));
  spans.toSorted(byStart).forEach((span) => draw(span, 0));
  return { rows, startedAt, totalMs };
}

/** Fractions of a millisecond matter here: Date.parse drops them, the text has them. */
export function startOf(span: Pick<Span, "startedAt">): number {
  const fraction = /\.(\d+)/.exec(span.startedAt)?.[1] ?? "";
  return Date.parse(span.startedAt) + Number(`0.${fraction.slice(3) || "0"}`);
}

function byStart(a: Span, b: Span): number {
  return startOf(a) - startOf(b);
}

/** Four lines of the scale above the bars, as milliseconds from the start. */
export function scale(totalMs: number): number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((part) => part * totalMs);
}
