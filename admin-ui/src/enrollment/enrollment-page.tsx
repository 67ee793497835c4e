import { Alert, EmptyState, EmptyStateBody, Label, PageSection } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useMay } from "../access/session.ts";
import type { EnrollmentToken, TokenState } from "../api/types.ts";
import { ActionButton } from "../ui/action-button.tsx";
import { short } from "../ui/format.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { pageSize, Paging } from "../ui/paging.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useFilters } from "../ui/url-state.ts";
import { EnrollSteps } from "./enroll-steps.tsx";
import { useRevokeToken, useTokens } from "./enrollment-api.ts";
import { IssueDialog } from "./issue-dialog.tsx";
import { tagText } from "./tags.ts";

const looks: Record<TokenState, { word: string; status?: "success" | "info" | "warning" }> = {
  unused: { word: "Unused", status: "info" },
  used: { word: "Used", status: "success" },
  expired: { word: "Expired", status: "warning" },
  revoked: { word: "Revoked" },
};

export function EnrollmentPage() {
  const [search, setSearch] = useSearchParams();
  const { of } = useFilters();

  const verdict = useMay("enrollment.manage");
  const mayRead = useMay("enrollment.read");
  const tokens = useTokens({ cursor: of("cursor"), limit: pageSize }, mayRead.allowed);
  const [revoking, setRevoking] = useState<EnrollmentToken | null>(null);
  const revoke = useRevokeToken();
  const creating = search.has("create") && verdict.allowed;

  return (
    <>
      <PageHeader
        title="Enroll endpoints"
        trail={[{ to: "/fleet", name: "Fleet" }]}
        about="A token lets one machine into one group, once, until it expires."
        actions={
          <ActionButton verdict={verdict} onClick={() => setSearch({ create: "1" })}>
            Create token
          </ActionButton>
        }
      />
      <PageSection hasBodyWrapper={false} isFilled>
        {!mayRead.allowed ? (
          <Alert variant="info" isInline title="Enrollment tokens are hidden">
            {mayRead.reason}
          </Alert>
        ) : (
          <QueryView query={tokens}>
            {({ items, nextCursor }) =>
              items.length === 0 ? (
                <EmptyState titleText="No tokens yet" headingLevel="h2" className="cordon-empty">
                  <EmptyStateBody>
                    <EnrollSteps />
                  </EmptyStateBody>
                </EmptyState>
              ) : (
                <>
                  <Table aria-label="Enrollment tokens" variant="compact">
                    <Thead>
                      <Tr>
                        <Th>Token</Th>
                        <Th>State</Th>
                        <Th>Group</Th>
                        <Th>Created</Th>
                        <Th>Created by</Th>
                        <Th>Expires</Th>
                        <Th>Used by</Th>
                        <Th screenReaderText="Actions" />
                      </Tr>
                    </Thead>
                    <Tbody>
                      {items.map((token) => (
                        <Tr key={token.id}>
                          <Td dataLabel="Token" className="cordon-mono">
                            {token.id}
                          </Td>
                          <Td dataLabel="State">
                            <Label isCompact status={looks[token.state].status}>
                              {looks[token.state].word}
                            </Label>
                          </Td>
                          <Td dataLabel="Group">
                            {token.group}{" "}
                            <span className="cordon-quiet">{tagText(token.tags)}</span>
                          </Td>
                          <Td dataLabel="Created" modifier="nowrap">
                            <RelativeTime at={token.createdAt} />
                          </Td>
                          <Td dataLabel="Created by">{token.createdBy}</Td>
                          <Td dataLabel="Expires" modifier="nowrap">
                            <RelativeTime at={token.expiresAt} />
                          </Td>
                          <Td dataLabel="Used by">
                            {token.usedBy ? (
                              <Link
                                to={`/fleet/${token.usedBy}`}
                                className="cordon-mono"
                                title={token.usedBy}
                              >
                                {short(token.usedBy, 8)}
                              </Link>
                            ) : (
                              <span className="cordon-quiet">–</span>
                            )}
                          </Td>
                          <Td isActionCell>
                            {token.state === "unused" && (
                              <ActionButton
                                verdict={verdict}
                                variant="link"
                                size="sm"
                                aria-label={`Revoke token ${token.id}`}
                                onClick={() => setRevoking(token)}
                              >
                                Revoke
                              </ActionButton>
                            )}
                          </Td>
                        </Tr>
                      ))}
                    </Tbody>
                  </Table>
                  <Paging shown={items.length} nextCursor={nextCursor} noun="tokens" />
                </>
              )
            }
          </QueryView>
        )}
      </PageSection>
      {creating && <IssueDialog onClose={() => setSearch({})} />}
      {revoking && (
        <ReasonDialog
          title={`Revoke token ${revoking.id}`}
          action="Revoke token"
          danger
          onClose={() => setRevoking(null)}
          onConfirm={async (reason) => {
            await revoke.mutateAsync({ id: revoking.id, reason });
            setRevoking(null);
          }}
        />
      )}
    </>
  );
}
