import { Card, CardBody, CardTitle, Label } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { McpServer } from "../api/types.ts";
import { commandLine } from "../investigation/arguments.ts";
import { agentTitle } from "./coding-agents.ts";

/** The MCP servers that coding agents are configured to use; what policy does not list stands out. */
export function McpServers(props: { servers: McpServer[] }) {
  return (
    <Card isCompact>
      <CardTitle component="h2">MCP servers</CardTitle>
      <CardBody>
        {props.servers.length > 0 ? (
          <ServerTable servers={props.servers} />
        ) : (
          <span className="cordon-quiet">None is configured.</span>
        )}
      </CardBody>
    </Card>
  );
}

function ServerTable(props: { servers: McpServer[] }) {
  return (
    <Table aria-label="MCP servers" variant="compact" borders={false}>
      <Thead>
        <Tr>
          <Th>Server</Th>
          <Th>Policy</Th>
          <Th>Agent</Th>
          <Th>User</Th>
          <Th width={30}>Starts or reaches</Th>
          <Th width={15}>Given</Th>
          <Th width={20}>From</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.servers.map((server) => (
          <Tr key={`${server.user} ${server.agent} ${server.scope} ${server.file} ${server.name}`}>
            <Td dataLabel="Server">{server.name}</Td>
            <Td dataLabel="Policy">
              <Listed allowed={server.allowed} />
            </Td>
            <Td dataLabel="Agent" modifier="nowrap">
              {agentTitle(server.agent)}
            </Td>
            <Td dataLabel="User">{server.user}</Td>
            <Td dataLabel="Starts or reaches">
              <span className="cordon-mono">{server.url || commandLine(server.command)}</span>
            </Td>
            <Td dataLabel="Given">
              <span className="cordon-mono">{server.environment.join(", ")}</span>
            </Td>
            <Td dataLabel="From">
              <div>{server.scope}</div>
              <div className="cordon-mono cordon-quiet">{server.file}</div>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Listed({ allowed }: { allowed: boolean | null }) {
  if (allowed === null) {
    return <span className="cordon-quiet">says nothing</span>;
  }
  return (
    <Label isCompact status={allowed ? "success" : "danger"}>
      {allowed ? "Listed" : "Not listed"}
    </Label>
  );
}
