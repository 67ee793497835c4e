import { Button, EmptyState, EmptyStateBody } from "@patternfly/react-core";
import { RunTable } from "../investigation/run-table.tsx";
import { pageSize, Paging } from "../ui/paging.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { useFilters } from "../ui/url-state.ts";
import { useShownEndpoint } from "./endpoint-page.tsx";
import { useEndpointRuns } from "./fleet-api.ts";

export function EndpointRuns() {
  const endpoint = useShownEndpoint();
  const { of } = useFilters();
  const runs = useEndpointRuns(endpoint.id, { cursor: of("cursor"), limit: pageSize });
  return (
    <>
      <Button
        variant="link"
        isInline
        isLoading={runs.isFetching}
        onClick={() => void runs.refetch()}
      >
        Refresh
      </Button>
      <QueryView query={runs}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState titleText="No runs yet" headingLevel="h2">
              <EmptyStateBody>
                Each <code>cordon run</code> on this endpoint appears here with its decision.
              </EmptyStateBody>
            </EmptyState>
          ) : (
            <>
              <RunTable runs={items} />
              <Paging shown={items.length} nextCursor={nextCursor} noun="runs" />
            </>
          )
        }
      </QueryView>
    </>
  );
}
