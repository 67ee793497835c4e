import { EmptyState, EmptyStateBody, PageSection } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "react-router";
import type { CodingAgent } from "../api/types.ts";
import { AsksCard } from "../investigation/asks-card.tsx";
import { EndpointFilter } from "../investigation/endpoint-filter.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { pageSize, Paging } from "../ui/paging.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useFilters } from "../ui/url-state.ts";
import { AgentVersionsCard } from "./agent-versions-card.tsx";
import { agentChoices, refusals, sourceWord, standings } from "./coding-agents.ts";
import { useCodingAgentCounts, useCodingAgents } from "./fleet-api.ts";
import { StandingLabels } from "./standing-labels.tsx";

const names = ["q", "user", "endpoint", "agent", "standing", "refusal", "version"] as const;

export function CodingAgentsPage() {
  const { of } = useFilters();
  const filter = {
    q: of("q"),
    user: of("user"),
    endpoint: of("endpoint"),
    agent: of("agent"),
    standing: of("standing"),
    refusal: of("refusal"),
    version: of("version"),
  };
  const agents = useCodingAgents(filter, { cursor: of("cursor"), limit: pageSize });
  const counts = useCodingAgentCounts(filter);
  const filtered = names.some((name) => filter[name]) || Boolean(of("cursor"));
  return (
    <>
      <PageHeader
        title="Coding agents"
        about="Who uses which coding agent on which machine, as the endpoints report it, and how often developers are asked."
      />
      <PageSection hasBodyWrapper={false} isFilled className="cordon-stack">
        <Filters />
        <div className="cordon-columns">
          <AsksCard endpoint={filter.endpoint} user={filter.user} agent={filter.agent} />
          <AgentVersionsCard counts={counts} />
        </div>
        <QueryView query={agents}>
          {({ items, nextCursor }) =>
            items.length > 0 ? (
              <div>
                <AgentTable agents={items} />
                <Paging shown={items.length} nextCursor={nextCursor} noun="agents" />
              </div>
            ) : (
              <Nothing filtered={filtered} />
            )
          }
        </QueryView>
      </PageSection>
    </>
  );
}

function Filters() {
  return (
    <FilterBar>
      <TextFilter name="q" label="Search user, host, agent, path" width="17rem" />
      <TextFilter name="user" label="User, exactly" width="9rem" />
      <EndpointFilter />
      <ChoiceFilter name="agent" label="Agent" any="Any agent" choices={agentChoices} />
      <ChoiceFilter
        name="standing"
        label="Standing"
        any="Any standing"
        choices={Object.entries(standings).map(([value, { word }]) => ({ value, label: word }))}
      />
      <ChoiceFilter
        name="refusal"
        label="May run"
        any="May run or not"
        choices={[
          { value: "any", label: "May not run" },
          ...Object.entries(refusals).map(([value, { word }]) => ({ value, label: word })),
        ]}
      />
      <TextFilter name="version" label="Version, exactly" width="10rem" />
    </FilterBar>
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
          <Th width={30}>From</Th>
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
