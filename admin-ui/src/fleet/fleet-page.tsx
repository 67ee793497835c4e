import {
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  PageSection,
} from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "react-router";
import type { EndpointSummary } from "../api/types.ts";
import { EnrollSteps } from "../enrollment/enroll-steps.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { LinkButton } from "../ui/link-button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { pageSize, Paging } from "../ui/paging.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useFilters } from "../ui/url-state.ts";
import { endpointStates } from "./endpoint-state.ts";
import { useEndpoints } from "./fleet-api.ts";
import { PolicyVersion } from "./policy-version.tsx";
import { StateLabel } from "./state-label.tsx";

export function FleetPage() {
  const { of } = useFilters();
  const filter = { q: of("q"), state: of("state"), cursor: of("cursor"), limit: pageSize };
  const endpoints = useEndpoints(filter);
  const filtered = Boolean(filter.q || filter.state || filter.cursor);
  return (
    <>
      <PageHeader
        title="Fleet"
        about="Every endpoint that enrolled, and the policy in force there."
        actions={
          <LinkButton to="/fleet/enroll" variant="primary">
            Enroll endpoints
          </LinkButton>
        }
      />
      <PageSection hasBodyWrapper={false} isFilled>
        <FilterBar>
          <TextFilter name="q" label="Search host, group, id" width="20rem" />
          <ChoiceFilter
            name="state"
            label="State"
            any="Any state"
            choices={Object.entries(endpointStates).map(([value, { word }]) => ({
              value,
              label: word,
            }))}
          />
        </FilterBar>
        <QueryView query={endpoints}>
          {({ items, nextCursor }) =>
            items.length > 0 ? (
              <>
                <EndpointTable endpoints={items} />
                <Paging shown={items.length} nextCursor={nextCursor} noun="endpoints" />
              </>
            ) : filtered ? (
              <NothingFound />
            ) : (
              <NobodyYet />
            )
          }
        </QueryView>
      </PageSection>
    </>
  );
}

function EndpointTable(props: { endpoints: EndpointSummary[] }) {
  return (
    <Table aria-label="Endpoints" variant="compact">
      <Thead>
        <Tr>
          <Th>Host</Th>
          <Th>State</Th>
          <Th>Policy</Th>
          <Th>Group</Th>
          <Th>System</Th>
          <Th>Last contact</Th>
          <Th>Agent</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.endpoints.map((endpoint) => (
          <Tr key={endpoint.id}>
            <Td dataLabel="Host" modifier="nowrap">
              <Link to={`/fleet/${endpoint.id}`}>{endpoint.hostname}</Link>
            </Td>
            <Td dataLabel="State">
              <StateLabel state={endpoint.state} reason={endpoint.stateReason} />
            </Td>
            <Td dataLabel="Policy">
              <PolicyVersion name={endpoint.policyName} version={endpoint.policyVersion} />
            </Td>
            <Td dataLabel="Group">{endpoint.group}</Td>
            <Td dataLabel="System">
              {[endpoint.os, endpoint.osVersion].filter(Boolean).join(" · ")}
            </Td>
            <Td dataLabel="Last contact" modifier="nowrap">
              <RelativeTime at={endpoint.lastContactAt} />
            </Td>
            <Td dataLabel="Agent">
              {endpoint.agentVersion ?? <span className="cordon-quiet">–</span>}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function NothingFound() {
  return (
    <EmptyState titleText="No endpoint matches" headingLevel="h2">
      <EmptyStateFooter>
        <EmptyStateActions>
          <LinkButton to="/fleet" variant="link">
            Show all endpoints
          </LinkButton>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

function NobodyYet() {
  return (
    <EmptyState titleText="No endpoint has enrolled yet" headingLevel="h2" className="cordon-empty">
      <EmptyStateBody>
        <EnrollSteps />
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <LinkButton to="/fleet/enroll?create=1" variant="primary">
            Create an enrollment token
          </LinkButton>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
