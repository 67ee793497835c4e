import { Alert, Button, PageSection } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMay } from "../access/session.ts";
import { get, query } from "../api/client.ts";
import type { AuditEntry, AuditVerification, Page } from "../api/types.ts";
import { count, short } from "../ui/format.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { pageSize, Paging } from "../ui/paging.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { AbsoluteTime } from "../ui/time.tsx";
import { useFilters } from "../ui/url-state.ts";

export function AuditPage() {
  const verdict = useMay("audit.read");
  return (
    <>
      <PageHeader
        title="Audit"
        about="Every change, who made it and why, each entry chained to the one before."
      />
      <PageSection hasBodyWrapper={false} isFilled>
        {verdict.allowed ? (
          <AuditLog />
        ) : (
          <Alert variant="info" isInline title="The audit log is hidden">
            {verdict.reason}
          </Alert>
        )}
      </PageSection>
    </>
  );
}

function AuditLog() {
  const { of } = useFilters();
  const page = { cursor: of("cursor"), limit: pageSize };
  const entries = useQuery({
    queryKey: ["audit", page],
    queryFn: ({ signal }) => get<Page<AuditEntry>>(`/audit${query(page)}`, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="cordon-stack">
      <ChainState />
      <QueryView query={entries}>
        {({ items, nextCursor }) => (
          <>
            <Table aria-label="Audit log" variant="compact" className="cordon-fixed">
              <Thead>
                <Tr>
                  <Th width={10}>No.</Th>
                  <Th width={15}>Time</Th>
                  <Th width={10}>Who</Th>
                  <Th width={15}>Action</Th>
                  <Th width={20}>Subject</Th>
                  <Th width={20}>Reason</Th>
                  <Th width={10}>Hash</Th>
                </Tr>
              </Thead>
              <Tbody>
                {items.map((entry) => (
                  <Tr key={entry.sequence}>
                    <Td dataLabel="No.">{entry.sequence}</Td>
                    <Td dataLabel="Time">
                      <AbsoluteTime at={entry.at} />
                    </Td>
                    <Td dataLabel="Who">{entry.actor}</Td>
                    <Td dataLabel="Action">{entry.action}</Td>
                    <Td dataLabel="Subject" className="cordon-mono">
                      {entry.subject}
                    </Td>
                    <Td dataLabel="Reason">{entry.reason}</Td>
                    <Td dataLabel="Hash" className="cordon-mono">
                      {short(entry.hash, 6)}
                    </Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
            <Paging shown={items.length} nextCursor={nextCursor} noun="entries" />
          </>
        )}
      </QueryView>
    </div>
  );
}

/** Verified when asked: on a long log it takes the server a while. */
function ChainState() {
  const check = useQuery({
    queryKey: ["audit-verify"],
    queryFn: ({ signal }) => get<AuditVerification>("/audit/verify", signal),
    enabled: false,
  });
  const verify = (
    <Button variant="secondary" isLoading={check.isFetching} onClick={() => void check.refetch()}>
      Verify the chain
    </Button>
  );
  return (
    <>
      {check.isError && <ProblemAlert error={check.error} />}
      {check.data?.intact && (
        <Alert variant="success" isInline title="The chain is intact">
          {count(check.data.checked ?? 0, "entry").replace("entrys", "entries")} checked.
        </Alert>
      )}
      {check.data && !check.data.intact && (
        <Alert
          variant="danger"
          isInline
          title={`The chain is broken at entry ${check.data.firstBroken}`}
        >
          What stands there or after it was changed outside Cordon. Compare with an exported head.
        </Alert>
      )}
      <div>{verify}</div>
    </>
  );
}
