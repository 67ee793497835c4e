import {
  Alert,
  Card,
  CardBody,
  CardTitle,
  EmptyState,
  EmptyStateBody,
} from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { AgentInstallation, EndpointInventory, Inventory } from "../api/types.ts";
import { short } from "../ui/format.ts";
import { QueryView } from "../ui/query-view.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { AgentSettings } from "./agent-settings.tsx";
import { sourceWord } from "./coding-agents.ts";
import { useShownEndpoint } from "./endpoint-page.tsx";
import { useInventory } from "./fleet-api.ts";
import { McpServers } from "./mcp-servers.tsx";
import { StandingLabels } from "./standing-labels.tsx";

/** What is on one endpoint: its coding agents, their MCP servers, and how their managed settings stand. */
export function EndpointAgents() {
  const endpoint = useShownEndpoint();
  const inventory = useInventory(endpoint.id);
  return (
    <QueryView query={inventory}>
      {(answer) => (answer.reportedAt ? <Reported answer={answer} /> : <NothingYet />)}
    </QueryView>
  );
}

function Reported({ answer }: { answer: EndpointInventory }) {
  const { inventory } = answer;
  return (
    <div className="cordon-stack">
      <p className="cordon-quiet">
        Reported <RelativeTime at={answer.reportedAt} />
      </p>
      {inventory.problems.length > 0 && (
        <Alert variant="warning" isInline title="Not everything could be looked at">
          <ul>
            {inventory.problems.map((problem) => (
              <li key={problem} className="cordon-mono">
                {problem}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Card isCompact>
        <CardTitle component="h2">Installed</CardTitle>
        <CardBody>
          {inventory.installations.length > 0 ? (
            <InstallationTable installations={inventory.installations} />
          ) : (
            <span className="cordon-quiet">No coding agent is installed.</span>
          )}
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle component="h2">In use</CardTitle>
        <CardBody>
          {inventory.uses.length > 0 ? (
            <UseTable uses={inventory.uses} />
          ) : (
            <span className="cordon-quiet">Nobody is known to use one.</span>
          )}
        </CardBody>
      </Card>
      <AgentSettings settings={inventory.settings} drifts={inventory.drifts} />
      <McpServers servers={inventory.mcpServers} />
    </div>
  );
}

function InstallationTable(props: { installations: AgentInstallation[] }) {
  return (
    <Table aria-label="Installed coding agents" variant="compact" borders={false}>
      <Thead>
        <Tr>
          <Th>Agent</Th>
          <Th>Version</Th>
          <Th>Standing</Th>
          <Th>Of</Th>
          <Th width={30}>From</Th>
          <Th>SHA-256</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.installations.map((each) => (
          <Tr key={each.path}>
            <Td dataLabel="Agent" modifier="nowrap">
              {each.title}
            </Td>
            <Td dataLabel="Version">
              {each.version || <span className="cordon-quiet">not known</span>}
            </Td>
            <Td dataLabel="Standing">
              <StandingLabels standing={each.standing} refusal={each.refusal} />
            </Td>
            <Td dataLabel="Of">{each.owner || <span className="cordon-quiet">everybody</span>}</Td>
            <Td dataLabel="From">
              <div>{sourceWord(each.source)}</div>
              <div className="cordon-mono cordon-quiet">{each.path}</div>
            </Td>
            <Td dataLabel="SHA-256">
              {each.sha256 ? (
                <span className="cordon-mono cordon-nowrap" title={each.sha256}>
                  {short(each.sha256)}
                </span>
              ) : (
                <span className="cordon-quiet">–</span>
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function UseTable(props: { uses: Inventory["uses"] }) {
  return (
    <Table aria-label="Users of coding agents" variant="compact" borders={false}>
      <Thead>
        <Tr>
          <Th>User</Th>
          <Th>Agent</Th>
          <Th>Last used</Th>
          <Th>Running</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.uses.map((use) => (
          <Tr key={`${use.user} ${use.agent}`}>
            <Td dataLabel="User">{use.user}</Td>
            <Td dataLabel="Agent">{use.title}</Td>
            <Td dataLabel="Last used">
              <RelativeTime at={use.lastUsed} none="not known" />
            </Td>
            <Td dataLabel="Running">{use.running}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function NothingYet() {
  return (
    <EmptyState titleText="Nothing is reported yet" headingLevel="h2">
      <EmptyStateBody>
        The endpoint looks for coding agents when its service starts, and then every 15 minutes.
      </EmptyStateBody>
    </EmptyState>
  );
}
