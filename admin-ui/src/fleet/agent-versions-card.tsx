import { Button, Card, CardBody, CardTitle } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { CodingAgentCount } from "../api/types.ts";
import { QueryView } from "../ui/query-view.tsx";
import { StandingLabels } from "./standing-labels.tsx";

const few = 5;

/** Versions in use over the fleet, the most frequent first; each leads to the machines that have it. */
export function AgentVersionsCard(props: { counts: UseQueryResult<CodingAgentCount[]> }) {
  const [all, setAll] = useState(false);
  return (
    <Card isCompact>
      <CardTitle component="h2">Versions</CardTitle>
      <CardBody>
        <QueryView query={props.counts}>
          {(counts) =>
            counts.length === 0 ? (
              <span className="cordon-quiet">None is known.</span>
            ) : (
              <>
                <VersionTable counts={all ? counts : counts.slice(0, few)} />
                {counts.length > few && (
                  <Button variant="link" isInline onClick={() => setAll(!all)}>
                    {all ? "Show fewer" : `Show all ${counts.length}`}
                  </Button>
                )}
              </>
            )
          }
        </QueryView>
      </CardBody>
    </Card>
  );
}

function VersionTable(props: { counts: CodingAgentCount[] }) {
  return (
    <Table aria-label="Versions" variant="compact" borders={false}>
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
