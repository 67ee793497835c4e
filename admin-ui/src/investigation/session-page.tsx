import {
  Alert,
  Label,
  PageSection,
  Switch,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import { BanIcon } from "@patternfly/react-icons/dist/esm/icons/ban-icon";
import { Link, useParams, useSearchParams } from "react-router";
import type { AgentEvent, Decision, GovernedSession, Run } from "../api/types.ts";
import { AttestedLabel } from "../ui/attested-label.tsx";
import { DecisionLabel } from "../ui/decision-label.tsx";
import { Facts } from "../ui/facts.tsx";
import { count, duration } from "../ui/format.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { AbsoluteTime, RelativeTime } from "../ui/time.tsx";
import { essentials, eventTitle, joinWords, timeline } from "./agent-events.ts";
import { useGovernedSession } from "./investigation-api.ts";
import { outcome } from "./outcome.ts";
import { CommandLink } from "./run-table.tsx";
import { shortSession } from "./session-name.ts";

export function SessionPage() {
  const id = useParams()["id"]!;
  const session = useGovernedSession(id);
  return (
    <>
      <PageHeader
        title={`Session ${shortSession(session.data?.name ?? id)}`}
        trail={[{ to: "/sessions", name: "Sessions" }]}
      />
      <PageSection hasBodyWrapper={false} isFilled>
        <QueryView query={session}>{(data) => <SessionView session={data} />}</QueryView>
      </PageSection>
    </>
  );
}

function SessionView({ session }: { session: GovernedSession }) {
  const [search, setSearch] = useSearchParams();
  const only = search.get("only");
  const runs = session.runs.filter(
    (run) =>
      !only || (only === "denied" ? run.decision !== "allow" : outcome(run).status === "warning"),
  );
  const everything = search.get("events") === "all";
  const told = everything ? session.events : essentials(session.runs, session.events);
  const shown = timeline(runs, only ? told.filter((each) => isSuch(each, only)) : told);
  const views = [
    { only: null, name: `All ${count(session.runs.length, "run")}` },
    { only: "denied", name: `${session.denied} denied` },
    { only: "failed", name: `${session.failed} failed` },
  ];
  return (
    <div className="cordon-stack">
      <Facts
        label="Session"
        wide
        facts={[
          [
            "Host",
            <Link key="h" to={`/fleet/${session.endpointId}`}>
              {session.hostname}
            </Link>,
          ],
          ["User", session.user],
          ["Agent", session.agent],
          ["Started", <AbsoluteTime key="s" at={session.startedAt} />],
          ["Last activity", <RelativeTime key="l" at={session.lastAt} />],
          [
            "Session name",
            <span key="i" className="cordon-mono">
              {session.name}
            </span>,
          ],
        ]}
      />
      <ToggleGroup aria-label="Which runs">
        {views.map((view) => (
          <ToggleGroupItem
            key={view.name}
            text={view.name}
            isSelected={view.only === only}
            onChange={() => setSearch(view.only ? { only: view.only } : {})}
          />
        ))}
      </ToggleGroup>
      {!only && session.events.length > 0 && (
        <Switch
          label={`Everything that the coding agent tells (${session.events.length} events)`}
          isChecked={everything}
          onChange={(_, all) => setSearch(all ? { events: "all" } : {})}
        />
      )}
      {session.runsTruncated && (
        <Alert
          variant="info"
          isInline
          isPlain
          title="Only the newest runs of this session are shown."
        />
      )}
      {session.eventsTruncated && (
        <Alert
          variant="info"
          isInline
          isPlain
          title="Only the newest events of this session are shown."
        />
      )}
      <ol className="cordon-timeline" aria-label="Timeline">
        {shown.map((each) =>
          each.run ? (
            <RunItem key={`${each.run.traceId} ${each.run.spanId}`} run={each.run} />
          ) : (
            <EventItem key={each.event.id} event={each.event} />
          ),
        )}
      </ol>
    </div>
  );
}

/** Refusals of hooks are denied as much as runs; nothing that an agent says of itself is. */
function isSuch(event: AgentEvent, only: string): boolean {
  return (
    only === "denied" && event.attested && event.decision !== null && event.decision !== "allow"
  );
}

/** Cordon's words for what it answers hooks; a question is what a run calls one that needs approval. */
const answers: Record<string, Decision> = { allow: "allow", ask: "prompt", deny: "deny" };

function EventItem({ event }: { event: AgentEvent }) {
  const answer = event.attested && event.decision ? answers[event.decision] : undefined;
  return (
    <li className="cordon-timeline__item">
      <div className="cordon-timeline__time">
        <RelativeTime at={event.at} />
      </div>
      <div className="cordon-timeline__body">
        <div className="cordon-inline">
          {answer && <DecisionLabel decision={answer} />}
          <AttestedLabel attested={event.attested} />
          <span>{eventTitle(event)}</span>
          {event.toolCallId && <span className="cordon-mono">{event.toolCallId}</span>}
        </div>
        {event.text && (
          <p className="cordon-said">
            <q>{event.text}</q>
          </p>
        )}
        <p className="cordon-quiet">
          {event.rule && (
            <>
              rule <span className="cordon-mono">{event.rule}</span>
              {event.reason && `: ${event.reason}`}
              {" · "}
            </>
          )}
          {event.attested ? "Cordon" : (event.agent ?? "unknown agent")}
          {event.original && (
            <>
              {event.attested ? ` to ${event.agent ?? "an agent"}, ` : " says "}
              <span className="cordon-mono">{event.original}</span>
            </>
          )}
          {event.runId && ` · belongs to a run: ${joinWords(event.join)}`}
        </p>
      </div>
    </li>
  );
}

function RunItem({ run }: { run: Run }) {
  const ended = outcome(run);
  return (
    <li className="cordon-timeline__item">
      <div className="cordon-timeline__time">
        <RelativeTime at={run.startedAt} />
        <span className="cordon-quiet">{duration(run.durationMs)}</span>
      </div>
      <div className="cordon-timeline__body">
        <div className="cordon-inline">
          <DecisionLabel decision={run.decision} enforced={run.enforced} />
          <AttestedLabel attested={run.attested} />
          <Label isCompact variant="outline" status={ended.status}>
            {ended.text}
          </Label>
          {run.refusedConnections > 0 && (
            <Label isCompact status="danger" icon={<BanIcon />}>
              {count(run.refusedConnections, "refused connection")}
            </Label>
          )}
          <CommandLink run={run} />
        </div>
        {run.statedReason && (
          <p className="cordon-said">
            <q>{run.statedReason}</q> <span className="cordon-quiet">stated by the agent</span>
          </p>
        )}
        <p className="cordon-quiet">
          {run.rule && (
            <>
              rule <span className="cordon-mono">{run.rule}</span>
              {run.reason && `: ${run.reason}`}
              {" · "}
            </>
          )}
          in <span className="cordon-mono">{run.workingDirectory ?? "an unknown folder"}</span>
          {run.policyName && ` · ${run.policyName} r${run.policyVersion}`}
        </p>
      </div>
    </li>
  );
}
