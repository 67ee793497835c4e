import { EmptyState, EmptyStateBody } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "react-router";
import type { CodingAgent } from "../api/types.ts";
import { FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { pageSize, Paging } from "../ui/paging.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useFilters } from "../ui/url-state.ts";
import { AgentChoices, useAgentFilter } from "./agent-filters.tsx";
import { sourceWord } from "./coding-agents.ts";
import { useCodingAgents } from "./fleet-api.ts";
import { StandingLabels } from "./standing-labels.tsx";

/** User by machine by agent. */
export function AgentList() {
  const { of } = useFilters();
  const filter = useAgentFilter();
  const agents = useCodingAgents(filter, { cursor: of("cursor"), limit: pageSize });
  const filtered = Object.values(filter).some(Boolean) || Boolean(of("cursor"));
  return (
    <>
      <FilterBar>
        <TextFilter name="q" label="Search user, host, agent, path" width="17rem" />
        <TextFilter name="user" label="User, exactly" width="9rem" />
        <AgentChoices />
        <TextFilter name="version" label="Version, exactly" width="10rem" />
      </FilterBar>
      <QueryView query={agents}>
        {({ items, nextCursor }) =>
          items.length > 0 ? (
            <>
              <AgentTable agents={items} />
              <Paging shown={items.length} nextCursor={nextCursor} noun="agents" />
            </>
          ) : (
            <Nothing filtered={filtered} />
          )
        }
      </QueryView>
    </>
  );
}

function AgentTable(props: { agents: CodingAgent[] }) {
  return (
    <Table aria-label="Coding agents" variant="compact">
      <Thead>
        <Tr>
          <Th>User</Th>
          <Th>Machine</Th>
          <Th>Agent</Th>
          <Th>Version</Th>
          <Th>Standing</Th>
          <Th width={25}>From</Th>
          <Th>Last used</Th>
          <Th>Running</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.agents.map((agent) => (
          <Tr key={`${agent.endpointId} ${agent.number}`}>
            <Td dataLabel="User">
              {agent.user || <span className="cordon-quiet">everybody</span>}
            </Td>
            <Td dataLabel="Machine" modifier="nowrap">
              <Link to={`/fleet/${agent.endpointId}/agents`}>{agent.hostname}</Link>
            </Td>
            <Td dataLabel="Agent" modifier="nowrap">
              {agent.title}
            </Td>
            <Td dataLabel="Version">
              {agent.version || <span className="cordon-quiet">not known</span>}
            </Td>
            <Td dataLabel="Standing">
              <StandingLabels standing={agent.standing} refusal={agent.refusal} />
            </Td>
            <Td dataLabel="From">
              <div>{sourceWord(agent.source)}</div>
              <div className="cordon-mono cordon-quiet">{agent.path}</div>
            </Td>
            <Td dataLabel="Last used" modifier="nowrap">
              <RelativeTime at={agent.lastUsed} none="not known" />
            </Td>
            <Td dataLabel="Running">{agent.running || <span className="cordon-quiet">0</span>}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Nothing(props: { filtered: boolean }) {
  return (
    <EmptyState
      titleText={props.filtered ? "No coding agent matches" : "No coding agent is known yet"}
      headingLevel="h2"
      className="cordon-empty"
    >
      <EmptyStateBody>
        {props.filtered ? (
          <Link to="/coding-agents">Show all coding agents</Link>
        ) : (
          "Endpoints report what is installed and used on them soon after they enroll."
        )}
      </EmptyStateBody>
    </EmptyState>
  );
}
