import { EmptyState, EmptyStateBody, Label, PageSection } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "react-router";
import type { SessionSummary } from "../api/types.ts";
import { ChoiceFilter, FilterBar, TextFilter, TimeFilter } from "../ui/filter-bar.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { pageSize, Paging } from "../ui/paging.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useFilters } from "../ui/url-state.ts";
import { useSessions } from "./investigation-api.ts";
import { EndpointFilter } from "./endpoint-filter.tsx";
import { shortSession } from "./session-name.ts";

export function SessionsPage() {
  const { of } = useFilters();
  const sessions = useSessions({
    q: of("q"),
    decision: of("decision"),
    user: of("user"),
    endpoint: of("endpoint"),
    from: of("from"),
    to: of("to"),
    cursor: of("cursor"),
    limit: pageSize,
  });
  const filtered = ["q", "decision", "user", "endpoint", "from", "to", "cursor"].some(of);
  return (
    <>
      <PageHeader title="Sessions" about="What coding agents did, and what Cordon decided." />
      <PageSection hasBodyWrapper={false} isFilled>
        <FilterBar>
          <TextFilter name="q" label="Search session, host, user" width="17rem" />
          <ChoiceFilter
            name="decision"
            label="Decision"
            any="Any decision"
            choices={[
              { value: "deny", label: "With a denial" },
              { value: "prompt", label: "Needing approval" },
              { value: "allow", label: "With an allowed run" },
            ]}
          />
          <TextFilter name="user" label="User, exactly" width="9rem" />
          <EndpointFilter />
          <TimeFilter name="from" label="From" />
          <TimeFilter name="to" label="To" />
        </FilterBar>
        <QueryView query={sessions}>
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyState
                titleText={filtered ? "No session matches" : "No sessions yet"}
                headingLevel="h2"
                className="cordon-empty"
              >
                <EmptyStateBody>
                  {filtered ? (
                    <Link to="/sessions">Show all sessions</Link>
                  ) : (
                    <>
                      Run a command through Cordon on an enrolled endpoint:
                      <code>cordon run -- git status</code>
                    </>
                  )}
                </EmptyStateBody>
              </EmptyState>
            ) : (
              <>
                <SessionTable sessions={items} />
                <Paging shown={items.length} nextCursor={nextCursor} noun="sessions" />
              </>
            )
          }
        </QueryView>
      </PageSection>
    </>
  );
}

function SessionTable(props: { sessions: SessionSummary[] }) {
  return (
    <Table aria-label="Sessions" variant="compact">
      <Thead>
        <Tr>
          <Th width={25}>Session</Th>
          <Th>Host</Th>
          <Th>User</Th>
          <Th>Agent</Th>
          <Th>Started</Th>
          <Th>Last activity</Th>
          <Th>Runs</Th>
          <Th>Denied</Th>
          <Th>Failed</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.sessions.map((session) => (
          <Tr key={session.id}>
            <Td dataLabel="Session">
              <Link to={`/sessions/${session.id}`} className="cordon-mono" title={session.name}>
                {shortSession(session.name)}
              </Link>
            </Td>
            <Td dataLabel="Host" modifier="nowrap">
              <Link to={`/fleet/${session.endpointId}`}>{session.hostname}</Link>
            </Td>
            <Td dataLabel="User">{session.user}</Td>
            <Td dataLabel="Agent">{session.agent ?? <span className="cordon-quiet">–</span>}</Td>
            <Td dataLabel="Started" modifier="nowrap">
              <RelativeTime at={session.startedAt} />
            </Td>
            <Td dataLabel="Last activity" modifier="nowrap">
              <RelativeTime at={session.lastAt} />
            </Td>
            <Td dataLabel="Runs">{session.runs}</Td>
            <Td dataLabel="Denied">
              <Count number={session.denied} status="danger" />
            </Td>
            <Td dataLabel="Failed">
              <Count number={session.failed} status="warning" />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Count(props: { number: number; status: "danger" | "warning" }) {
  return props.number === 0 ? (
    <span className="cordon-quiet">0</span>
  ) : (
    <Label isCompact status={props.status}>
      {props.number}
    </Label>
  );
}
