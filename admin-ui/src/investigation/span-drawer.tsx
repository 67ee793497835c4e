import {
  Alert,
  DrawerActions,
  DrawerCloseButton,
  DrawerHead,
  DrawerPanelBody,
  DrawerPanelContent,
  Title,
} from "@patternfly/react-core";
import { useEffect, useRef } from "react";
import { useMay } from "../access/session.ts";
import type { Decision, Span } from "../api/types.ts";
import { AttestedLabel } from "../ui/attested-label.tsx";
import { DecisionLabel } from "../ui/decision-label.tsx";
import { Facts, type Fact } from "../ui/facts.tsx";
import { duration, plainValue } from "../ui/format.ts";
import { AbsoluteTime } from "../ui/time.tsx";
import { commandLine } from "./arguments.ts";
import { DecisionFacts } from "./decision-facts.tsx";
import { ProcessTreeView } from "./process-tree-view.tsx";
import { isInTree, processTree } from "./process-tree.ts";

/** Everything one span says: the decision, the content (for who may read it), processes, attributes. */
export function SpanDrawer({ span, onClose }: { span: Span; onClose: () => void }) {
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), [span.spanId]);
  const decision = span.attributes["cordon.decision"];
  const processes = processTree(span.events, span.content);
  const others = span.events.filter((event) => !event.name.startsWith("process."));
  return (
    <DrawerPanelContent isResizable defaultSize="27rem" minSize="22rem">
      <DrawerHead>
        <div ref={heading} tabIndex={-1} className="cordon-stack cordon-drawer-heading">
          <Title headingLevel="h2">{span.name}</Title>
          <span className="cordon-inline">
            {typeof decision === "string" && (
              <DecisionLabel
                decision={decision as Decision}
                enforced={span.attributes["cordon.enforced"] !== false}
              />
            )}
            <AttestedLabel attested={span.attested} />
          </span>
        </div>
        <DrawerActions>
          <DrawerCloseButton onClick={onClose} aria-label="Close span" />
        </DrawerActions>
      </DrawerHead>
      <DrawerPanelBody className="cordon-stack">
        <DecisionFacts span={span} />
        <Content span={span} />
        <Facts
          label="Span"
          facts={[
            ["Started", <AbsoluteTime key="s" at={span.startedAt} />],
            ["Duration", duration(span.durationMs)],
            ["Status", span.status === "unset" ? null : span.status],
            ["Sent by", span.service],
            [
              "Span id",
              <span key="i" className="cordon-mono">
                {span.spanId}
              </span>,
            ],
          ]}
        />
        {processes.length > 0 && <ProcessTreeView roots={processes} />}
        {others.length > 0 && (
          <section className="cordon-stack">
            <Title headingLevel="h3" size="md">
              Events
            </Title>
            {others.map((event) => (
              <Facts
                key={`${event.name} ${event.at}`}
                label={event.name}
                facts={[
                  ["Event", event.name],
                  ["At", <AbsoluteTime key="a" at={event.at} />],
                  ...facts(event.attributes),
                ]}
              />
            ))}
          </section>
        )}
        <section className="cordon-stack">
          <Title headingLevel="h3" size="md">
            Attributes
          </Title>
          <Facts stacked label="Attributes" facts={facts(span.attributes)} />
        </section>
      </DrawerPanelBody>
    </DrawerPanelContent>
  );
}

const contentWords: Record<string, string> = {
  "process.command_args": "Arguments",
  "status.message": "Message",
};

function Content({ span }: { span: Span }) {
  const verdict = useMay("content.read");
  const content = Object.entries(span.content ?? {}).filter(([name]) => !isInTree(name));
  if (!verdict.allowed) {
    return (
      <Alert variant="info" isInline title="Arguments and output are hidden">
        {verdict.reason}
      </Alert>
    );
  }
  return content.length === 0 ? null : (
    <section className="cordon-stack">
      <Title headingLevel="h3" size="md">
        Arguments and result
      </Title>
      {content.map(([name, value]) => (
        <div key={name}>
          <div className="cordon-quiet">{contentWords[name] ?? name}</div>
          <pre
            className="cordon-block cordon-code"
            tabIndex={0}
            role="group"
            aria-label={contentWords[name] ?? name}
          >
            {Array.isArray(value) ? commandLine(value) : plainValue(value)}
          </pre>
        </div>
      ))}
    </section>
  );
}

function facts(attributes: Record<string, unknown>): Fact[] {
  return Object.entries(attributes)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => [
      name,
      <span key={name} className="cordon-mono">
        {plainValue(value)}
      </span>,
    ]);
}
