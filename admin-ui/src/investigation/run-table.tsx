import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "react-router";
import type { Run } from "../api/types.ts";
import { DecisionLabel } from "../ui/decision-label.tsx";
import { duration } from "../ui/format.ts";
import { RelativeTime } from "../ui/time.tsx";
import { outcome } from "./outcome.ts";

/** Runs as a table, newest first as the server gives them; each command leads to its trace. */
export function RunTable(props: { runs: Run[] }) {
  return (
    <Table aria-label="Runs" variant="compact">
      <Thead>
        <Tr>
          <Th width={40}>Command</Th>
          <Th>Decision</Th>
          <Th>Outcome</Th>
          <Th>User</Th>
          <Th>Duration</Th>
          <Th>Started</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.runs.map((run) => (
          <Tr key={`${run.traceId} ${run.spanId}`}>
            <Td dataLabel="Command">
              <CommandLink run={run} />
            </Td>
            <Td dataLabel="Decision">
              <DecisionLabel decision={run.decision} enforced={run.enforced} />
            </Td>
            <Td dataLabel="Outcome" modifier="nowrap">
              {outcome(run).text}
            </Td>
            <Td dataLabel="User">{run.user}</Td>
            <Td dataLabel="Duration" modifier="nowrap">
              {duration(run.durationMs)}
            </Td>
            <Td dataLabel="Started" modifier="nowrap">
              <RelativeTime at={run.startedAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

/** The command line, or only the program's name for a role that may not read arguments. */
export function CommandLink({ run }: { run: Run }) {
  const hidden = run.command === null;
  return (
    <span>
      <Link
        to={`/traces/${run.traceId}?span=${run.spanId}`}
        className="cordon-mono cordon-command"
        title={run.command ?? undefined}
      >
        {run.command ?? run.executable ?? "command"}
      </Link>
      {hidden && <span className="cordon-quiet"> (arguments hidden)</span>}
    </span>
  );
}
