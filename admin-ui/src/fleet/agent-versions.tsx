import { EmptyState, EmptyStateBody } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "react-router";
import type { CodingAgentCount } from "../api/types.ts";
import { FilterBar } from "../ui/filter-bar.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { AgentChoices, useAgentFilter } from "./agent-filters.tsx";
import { useCodingAgentCounts } from "./fleet-api.ts";
import { StandingLabels } from "./standing-labels.tsx";

/** Versions in use over the fleet, the most frequent first; each leads to the machines that have it. */
export function AgentVersions() {
  const counts = useCodingAgentCounts(useAgentFilter());
  return (
    <>
      <FilterBar>
        <AgentChoices />
      </FilterBar>
      <QueryView query={counts}>
        {(found) =>
          found.length > 0 ? (
            <VersionTable counts={found} />
          ) : (
            <EmptyState titleText="No version is known" headingLevel="h2" className="cordon-empty">
              <EmptyStateBody>
                <Link to="/coding-agents/versions">Show all versions</Link>
              </EmptyStateBody>
            </EmptyState>
          )
        }
      </QueryView>
    </>
  );
}

function VersionTable(props: { counts: CodingAgentCount[] }) {
  return (
    <Table aria-label="Versions" variant="compact">
      <Thead>
        <Tr>
          <Th>Agent</Th>
          <Th>Version</Th>
          <Th>Standing</Th>
          <Th>Machines</Th>
          <Th>Users</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.counts.map((count) => (
          <Tr key={`${count.agent} ${count.version} ${count.standing} ${count.refusal}`}>
            <Td dataLabel="Agent" modifier="nowrap">
              {count.title}
            </Td>
            <Td dataLabel="Version">
              {count.version ? (
                <Link
                  to={`/coding-agents?${new URLSearchParams({ agent: count.agent, version: count.version })}`}
                >
                  {count.version}
                </Link>
              ) : (
                <span className="cordon-quiet">not known</span>
              )}
            </Td>
            <Td dataLabel="Standing">
              <StandingLabels standing={count.standing} refusal={count.refusal} />
            </Td>
            <Td dataLabel="Machines">{count.endpoints}</Td>
            <Td dataLabel="Users">{count.users}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
