import { EmptyState, EmptyStateBody, Label, PageSection } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link, useNavigate } from "react-router";
import { useMay } from "../access/session.ts";
import type { PolicySummary } from "../api/types.ts";
import { ActionButton } from "../ui/action-button.tsx";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { LinkTabs } from "../ui/link-tabs.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { pageSize, Paging } from "../ui/paging.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useFilters } from "../ui/url-state.ts";
import { KindLabel } from "./kind-label.tsx";
import { kindWords, policyLink } from "./kinds.ts";
import { usePolicies } from "./policy-api.ts";

export function PoliciesHeader() {
  const navigate = useNavigate();
  const verdict = useMay("policy.write");
  return (
    <>
      <PageHeader
        title="Policies"
        about="What endpoints may do. Drafts change nothing; a published revision is signed and in force within seconds."
        actions={
          <ActionButton verdict={verdict} onClick={() => void navigate("/policies/new")}>
            New document
          </ActionButton>
        }
      />
      <PageSection hasBodyWrapper={false} type="tabs">
        <LinkTabs
          label="Policies"
          tabs={[
            { to: "/policies", name: "Documents" },
            { to: "/policies/library", name: "Library" },
          ]}
        />
      </PageSection>
    </>
  );
}

export function PoliciesPage() {
  const { of } = useFilters();
  const policies = usePolicies({ kind: of("kind"), cursor: of("cursor"), limit: pageSize });
  return (
    <>
      <PoliciesHeader />
      <PageSection hasBodyWrapper={false} isFilled>
        <FilterBar>
          <ChoiceFilter
            name="kind"
            label="Kind"
            any="Any kind"
            choices={Object.entries(kindWords).map(([value, { word }]) => ({ value, label: word }))}
          />
        </FilterBar>
        <QueryView query={policies}>
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyState titleText="No documents" headingLevel="h2">
                <EmptyStateBody>
                  Start from one of the <Link to="/policies/library">baselines in the library</Link>
                  .
                </EmptyStateBody>
              </EmptyState>
            ) : (
              <>
                <PolicyTable policies={items} />
                <Paging shown={items.length} nextCursor={nextCursor} noun="documents" />
              </>
            )
          }
        </QueryView>
      </PageSection>
    </>
  );
}

function PolicyTable(props: { policies: PolicySummary[] }) {
  return (
    <Table aria-label="Policy documents" variant="compact">
      <Thead>
        <Tr>
          <Th>Name</Th>
          <Th>Kind</Th>
          <Th width={30}>Title</Th>
          <Th>Published</Th>
          <Th>Draft</Th>
          <Th>Changed</Th>
          <Th>By</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.policies.map((policy) => (
          <Tr key={policy.name}>
            <Td dataLabel="Name">
              <Link to={policyLink(policy.name)}>{policy.name}</Link>
            </Td>
            <Td dataLabel="Kind">
              <KindLabel kind={policy.kind} />
            </Td>
            <Td dataLabel="Title">{policy.title}</Td>
            <Td dataLabel="Published">
              {policy.publishedRevision === null ? (
                <span className="cordon-quiet">not yet</span>
              ) : (
                <Link to={`${policyLink(policy.name)}/revisions/${policy.publishedRevision}`}>
                  revision {policy.publishedRevision}
                </Link>
              )}
            </Td>
            <Td dataLabel="Draft">
              {policy.draftUpdatedAt ? (
                <Label isCompact status="info">
                  Draft <RelativeTime at={policy.draftUpdatedAt} />
                </Label>
              ) : (
                <span className="cordon-quiet">–</span>
              )}
            </Td>
            <Td dataLabel="Changed">
              <RelativeTime at={policy.updatedAt} />
            </Td>
            <Td dataLabel="By">{policy.updatedBy}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
