import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type KeyboardEvent } from "react";
import { AttestedLabel } from "../ui/attested-label.tsx";
import { DecisionLabel } from "../ui/decision-label.tsx";
import { duration } from "../ui/format.ts";
import type { Decision, Span } from "../api/types.ts";
import { scale, type Waterfall, type WaterfallRow } from "./waterfall.ts";

const rowHeight = 38;

/** The spans as a tree grid: arrow keys move, Enter opens. Only the rows in view are in the document. */
export function WaterfallChart(props: {
  layout: Waterfall;
  selected: string | null;
  onSelect: (spanId: string | null) => void;
}) {
  const { rows, totalMs } = props.layout;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const current = Math.max(
    rows.findIndex((row) => row.span.spanId === props.selected),
    0,
  );

  const move = (event: KeyboardEvent, index: number) => {
    const wanted = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[
      event.key
    ];
    if (wanted === undefined || !rows[wanted]) {
      return;
    }
    event.preventDefault();
    virtual.scrollToIndex(wanted);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted}"]`)?.focus(),
    );
  };

  return (
    <div className="cordon-waterfall">
      <div className="cordon-waterfall__scale" aria-hidden="true">
        <span />
        <span className="cordon-waterfall__ticks">
          {scale(totalMs).map((ms) => (
            <span key={ms}>{duration(ms)}</span>
          ))}
        </span>
      </div>
      <div
        ref={scroller}
        className="cordon-waterfall__rows"
        role="tree"
        aria-label="Spans"
        style={{ maxHeight: "70vh" }}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]!;
            return (
              <div
                key={row.span.spanId}
                role="treeitem"
                aria-level={row.depth + 1}
                aria-selected={row.span.spanId === props.selected}
                data-row={item.index}
                tabIndex={item.index === current ? 0 : -1}
                className="cordon-waterfall__row"
                style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
                onClick={() => props.onSelect(row.span.spanId)}
                onKeyDown={(event) => {
                  if (event.key === "Enter" || event.key === " ") {
                    event.preventDefault();
                    props.onSelect(row.span.spanId);
                  } else {
                    move(event, item.index);
                  }
                }}
              >
                <Name row={row} />
                <Bar row={row} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Name({ row }: { row: WaterfallRow }) {
  const decision = decisionOf(row.span);
  return (
    <span
      className="cordon-waterfall__name"
      style={{ paddingInlineStart: `${0.5 + row.depth * 1.1}rem` }}
    >
      <span className="cordon-waterfall__text">{row.span.name}</span>
      {decision && (
        <DecisionLabel
          decision={decision}
          enforced={row.span.attributes["cordon.enforced"] !== false}
        />
      )}
      <AttestedLabel attested={row.span.attested} />
    </span>
  );
}

function Bar({ row }: { row: WaterfallRow }) {
  return (
    <>
      <span className="cordon-waterfall__lane">
        <span
          className="cordon-waterfall__bar"
          data-kind={barKind(row.span)}
          style={{ left: `${row.left}%`, width: `${row.width}%` }}
        />
      </span>
      <span className="cordon-waterfall__duration">{duration(row.span.durationMs)}</span>
    </>
  );
}

/** A span carries the decision itself only where it was made; the root repeats it for search. */
function decisionOf(span: Span): Decision | null {
  const value = span.attributes["cordon.decision"];
  return value === "allow" || value === "prompt" || value === "deny" ? value : null;
}

function barKind(span: Span): string {
  if (decisionOf(span) === "deny") {
    return "denied";
  }
  if (span.status?.toLowerCase() === "error") {
    return "failed";
  }
  return span.name.startsWith("cordon.") ? "cordon" : "agent";
}
