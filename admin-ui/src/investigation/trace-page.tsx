import {
  Alert,
  Drawer,
  DrawerContent,
  DrawerContentBody,
  EmptyState,
  EmptyStateBody,
  PageSection,
} from "@patternfly/react-core";
import { Link, useParams, useSearchParams } from "react-router";
import type { Trace } from "../api/types.ts";
import { count, duration } from "../ui/format.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { AbsoluteTime } from "../ui/time.tsx";
import { useTrace } from "./investigation-api.ts";
import { shortSession } from "./session-name.ts";
import { SpanDrawer } from "./span-drawer.tsx";
import { WaterfallChart } from "./waterfall-chart.tsx";
import { layoutWaterfall } from "./waterfall.ts";

export function TracePage() {
  const id = useParams()["traceId"]!;
  const trace = useTrace(id);
  const sessionId = trace.data?.sessionId;
  return (
    <>
      <PageHeader
        title={`Trace ${id.slice(0, 12)}`}
        trail={[
          { to: "/sessions", name: "Sessions" },
          ...(sessionId ? [{ to: `/sessions/${sessionId}`, name: sessionName(trace.data) }] : []),
        ]}
        about={<span className="cordon-mono">{id}</span>}
      />
      <PageSection hasBodyWrapper={false} isFilled>
        <QueryView query={trace}>
          {(data) =>
            data.spans.length > 0 ? (
              <TraceView trace={data} />
            ) : (
              <EmptyState titleText="This trace has no spans" headingLevel="h2">
                <EmptyStateBody>
                  They may still be on their way. <Link to="/sessions">See all sessions</Link>
                </EmptyStateBody>
              </EmptyState>
            )
          }
        </QueryView>
      </PageSection>
    </>
  );
}

function TraceView({ trace }: { trace: Trace }) {
  const [search, setSearch] = useSearchParams();
  const layout = layoutWaterfall(trace.spans);
  const shown = trace.spans.find((span) => span.spanId === search.get("span"));
  const show = (spanId: string | null) =>
    setSearch(spanId ? { span: spanId } : {}, { replace: true });
  return (
    <Drawer isExpanded={shown !== undefined} isInline className="cordon-trace">
      <DrawerContent
        panelContent={shown ? <SpanDrawer span={shown} onClose={() => show(null)} /> : <></>}
      >
        <DrawerContentBody>
          <div className="cordon-stack">
            <p className="cordon-quiet">
              {count(trace.spans.length, "span")} in {duration(layout.totalMs)}, from{" "}
              <AbsoluteTime at={new Date(layout.startedAt).toISOString()} />
            </p>
            {trace.truncated && (
              <Alert
                variant="info"
                isInline
                isPlain
                title="This trace has more spans than are shown."
              />
            )}
            <WaterfallChart layout={layout} selected={shown?.spanId ?? null} onSelect={show} />
          </div>
        </DrawerContentBody>
      </DrawerContent>
    </Drawer>
  );
}

function sessionName(trace: Trace | undefined): string {
  const named = trace?.spans.map((span) => span.attributes["cordon.session.id"]).find(Boolean);
  return typeof named === "string" ? shortSession(named) : "Session";
}
