import { Card, CardBody, CardTitle, PageSection } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../access/session.ts";
import type { PolicyDetail } from "../api/types.ts";
import { ActionButton } from "../ui/action-button.tsx";
import { Facts } from "../ui/facts.tsx";
import { short } from "../ui/format.ts";
import { LinkButton } from "../ui/link-button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { KindLabel } from "./kind-label.tsx";
import { policyLink } from "./kinds.ts";
import { newestFirst } from "./merge.ts";
import { usePolicy, useRepository } from "./policy-api.ts";
import { YamlEditor } from "./yaml-editor.tsx";

const trail = [{ to: "/policies", name: "Policies" }];

export function PolicyPage() {
  const name = useParams()["name"]!;
  const navigate = useNavigate();
  const policy = usePolicy(name);
  const verdict = useMay("policy.write");
  return (
    <>
      <PageHeader
        title={name}
        trail={trail}
        badges={policy.data && <KindLabel kind={policy.data.kind} />}
        about={policy.data?.title}
        actions={
          <>
            <LinkButton to={`${policyLink(name)}/diff`} variant="secondary">
              Compare
            </LinkButton>
            <ActionButton
              verdict={verdict}
              onClick={() => void navigate(`${policyLink(name)}/edit`)}
            >
              {policy.data?.draft ? "Edit draft" : "Edit"}
            </ActionButton>
          </>
        }
      />
      <PageSection hasBodyWrapper={false} isFilled>
        <QueryView query={policy}>{(data) => <PolicyView policy={data} />}</QueryView>
      </PageSection>
    </>
  );
}

function PolicyView({ policy }: { policy: PolicyDetail }) {
  const revisions = newestFirst(policy.revisions);
  const link = policyLink(policy.name);
  return (
    <div className="cordon-stack">
      {policy.description && <p className="cordon-prose">{policy.description}</p>}
      <div className="cordon-columns">
        <Card isCompact>
          <CardTitle component="h2">Draft</CardTitle>
          <CardBody>
            {policy.draft ? (
              <Facts
                label="Draft"
                facts={[
                  ["By", policy.draft.author],
                  ["Saved", <RelativeTime key="s" at={policy.draft.updatedAt} />],
                  [
                    "Changes",
                    revisions[0] ? (
                      <Link key="c" to={`${link}/diff?from=${revisions[0].revision}&to=draft`}>
                        compare with revision {revisions[0].revision}
                      </Link>
                    ) : (
                      "never published"
                    ),
                  ],
                ]}
              />
            ) : (
              <p className="cordon-quiet">None. Editing starts one from the published revision.</p>
            )}
          </CardBody>
        </Card>
        <RepositoryCard />
      </div>
      <Table aria-label="Revisions" variant="compact">
        <Thead>
          <Tr>
            <Th width={10}>Revision</Th>
            <Th>Published</Th>
            <Th>By</Th>
            <Th width={40}>Reason</Th>
            <Th>Digest</Th>
            <Th screenReaderText="Compare" />
          </Tr>
        </Thead>
        <Tbody>
          {revisions.map((revision, index) => {
            const before = revisions[index + 1];
            return (
              <Tr key={revision.revision}>
                <Td dataLabel="Revision">
                  <Link to={`${link}/revisions/${revision.revision}`}>{revision.revision}</Link>
                </Td>
                <Td dataLabel="Published">
                  <RelativeTime at={revision.publishedAt} />
                </Td>
                <Td dataLabel="By">{revision.author}</Td>
                <Td dataLabel="Reason">{revision.reason}</Td>
                <Td dataLabel="Digest" className="cordon-mono">
                  {short(revision.digest)}
                </Td>
                <Td dataLabel="Compare">
                  {before && (
                    <Link to={`${link}/diff?from=${before.revision}&to=${revision.revision}`}>
                      changes since {before.revision}
                    </Link>
                  )}
                </Td>
              </Tr>
            );
          })}
          {revisions.length === 0 && (
            <Tr>
              <Td colSpan={6} className="cordon-quiet">
                Not published yet.
              </Td>
            </Tr>
          )}
        </Tbody>
      </Table>
      {revisions.length === 0 && policy.draft && (
        <YamlEditor label="Draft" value={policy.draft.source} readOnly />
      )}
    </div>
  );
}

const roles = ["root", "targets", "snapshot", "timestamp"] as const;

function RepositoryCard() {
  const repository = useRepository();
  return (
    <Card isCompact>
      <CardTitle component="h2">Signed repository</CardTitle>
      <CardBody>
        <QueryView query={repository}>
          {({ versions, expires, separationNotice }) => (
            <div className="cordon-stack">
              <Facts
                label="Signed repository"
                facts={roles.map((role) => [
                  role,
                  <span key={role}>
                    version {versions[role]}
                    <span className="cordon-quiet">
                      , expires <RelativeTime at={expires[role]} />
                    </span>
                  </span>,
                ])}
              />
              <p className="cordon-quiet">{separationNotice}</p>
            </div>
          )}
        </QueryView>
      </CardBody>
    </Card>
  );
}
