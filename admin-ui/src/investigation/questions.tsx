import { Card, CardBody, CardTitle } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { AskGroup, AskReport } from "../api/types.ts";
import { agentChoices, agentTitle } from "../fleet/coding-agents.ts";
import { Facts } from "../ui/facts.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../ui/filter-bar.tsx";
import { duration } from "../ui/format.ts";
import { QueryView } from "../ui/query-view.tsx";
import { useFilters } from "../ui/url-state.ts";
import { askShare, periods, usualPeriod } from "./asks.ts";
import { EndpointFilter } from "./endpoint-filter.tsx";
import { useAsks } from "./investigation-api.ts";

/** How often developers are asked, and what they answer: the more questions, the less they are read. */
export function Questions() {
  const { of } = useFilters();
  const asks = useAsks({
    endpoint: of("endpoint"),
    user: of("user"),
    agent: of("agent"),
    days: of("period") || usualPeriod,
  });
  return (
    <>
      <FilterBar>
        <ChoiceFilter
          name="period"
          label="Period"
          any={periods.find(({ value }) => value === usualPeriod)!.label}
          choices={periods.filter(({ value }) => value !== usualPeriod)}
        />
        <TextFilter name="user" label="User, exactly" width="9rem" />
        <EndpointFilter />
        <ChoiceFilter name="agent" label="Agent" any="Any agent" choices={agentChoices} />
      </FilterBar>
      <QueryView query={asks}>{(report) => <Numbers report={report} />}</QueryView>
    </>
  );
}

function Numbers({ report }: { report: AskReport }) {
  const { total } = report;
  return (
    <div className="cordon-columns">
      <Card isCompact>
        <CardTitle component="h2">In all</CardTitle>
        <CardBody>
          <Facts
            label="Questions to developers"
            facts={[
              ["Asked", `${total.asked}, which is ${askShare(total)}`],
              ["Answered yes", total.saidYes],
              ["Answered no", total.saidNo],
              ["Without an answer", total.unanswered],
              ["Not asked again", `${total.remembered}, since an answer was remembered`],
              [
                "Mean time to answer",
                total.meanAnswerMs === null ? null : duration(total.meanAnswerMs),
              ],
              ["Allowed unasked", total.allowed],
              ["Denied unasked", total.denied],
            ]}
          />
        </CardBody>
      </Card>
      <Groups title="Rules that ask most often" noun="Rule" groups={report.byRule} />
      <Groups
        title="Agents"
        noun="Agent"
        groups={report.byAgent.map((each) => ({ ...each, label: agentTitle(each.label) }))}
      />
      <Groups title="Users" noun="User" groups={report.byUser} />
      <Groups title="Machines" noun="Machine" groups={report.byEndpoint} />
    </div>
  );
}

function Groups(props: { title: string; noun: string; groups: AskGroup[] }) {
  const asking = props.groups.filter(({ numbers }) => numbers.asked > 0);
  return (
    <Card isCompact>
      <CardTitle component="h2">{props.title}</CardTitle>
      <CardBody>
        {asking.length === 0 ? (
          <span className="cordon-quiet">Nobody was asked.</span>
        ) : (
          <Table aria-label={props.title} variant="compact" borders={false}>
            <Thead>
              <Tr>
                <Th>{props.noun}</Th>
                <Th>Asked</Th>
                <Th>Yes</Th>
                <Th>No</Th>
                <Th>Mean time</Th>
              </Tr>
            </Thead>
            <Tbody>
              {asking.map(({ key, label, numbers }) => (
                <Tr key={key}>
                  <Td dataLabel={props.noun}>
                    {label || <span className="cordon-quiet">not told</span>}
                  </Td>
                  <Td dataLabel="Asked">{numbers.asked}</Td>
                  <Td dataLabel="Yes">{numbers.saidYes}</Td>
                  <Td dataLabel="No">{numbers.saidNo}</Td>
                  <Td dataLabel="Mean time" modifier="nowrap">
                    {duration(numbers.meanAnswerMs)}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </CardBody>
    </Card>
  );
}
