import {
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  FormSelect,
  FormSelectOption,
} from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { AskGroup, AskReport } from "../api/types.ts";
import { Facts } from "../ui/facts.tsx";
import { duration } from "../ui/format.ts";
import { QueryView } from "../ui/query-view.tsx";
import { useFilters } from "../ui/url-state.ts";
import { askShare, periods, usualPeriod } from "./asks.ts";
import { useAsks } from "./investigation-api.ts";

/** How often developers are asked, what they answer and how long it takes them: the more questions, the less they are read. */
export function AsksCard(props: { endpoint: string; user: string; agent: string }) {
  const filters = useFilters();
  const period = filters.of("period") || usualPeriod;
  const asks = useAsks({ ...props, days: period });
  return (
    <Card isCompact>
      <CardHeader
        actions={{
          hasNoOffset: true,
          actions: (
            <FormSelect
              aria-label="Period"
              className="cordon-choice"
              value={period}
              onChange={(_, value) => filters.set("period", value === usualPeriod ? "" : value)}
            >
              {periods.map(({ value, label }) => (
                <FormSelectOption key={value} value={value} label={label} />
              ))}
            </FormSelect>
          ),
        }}
      >
        <CardTitle component="h2">Questions to developers</CardTitle>
      </CardHeader>
      <CardBody className="cordon-stack">
        <QueryView query={asks}>{(report) => <Numbers report={report} />}</QueryView>
      </CardBody>
    </Card>
  );
}

function Numbers({ report }: { report: AskReport }) {
  const { total } = report;
  const asking = report.byRule.filter((each) => each.numbers.asked > 0).slice(0, 5);
  return (
    <>
      <Facts
        label="Questions to developers"
        facts={[
          ["Asked", `${total.asked}, which is ${askShare(total)}`],
          [
            "Answers",
            `${total.saidYes} yes, ${total.saidNo} no, ${total.unanswered} without an answer`,
          ],
          ["Remembered", `${total.remembered} not asked again`],
          [
            "Mean time to answer",
            total.meanAnswerMs === null ? null : duration(total.meanAnswerMs),
          ],
          ["Decided without", `${total.allowed} allowed, ${total.denied} denied`],
        ]}
      />
      {asking.length > 0 && <RuleTable rules={asking} />}
    </>
  );
}

function RuleTable(props: { rules: AskGroup[] }) {
  return (
    <Table aria-label="Rules that ask most often" variant="compact" borders={false}>
      <Thead>
        <Tr>
          <Th>Rule that asks</Th>
          <Th>Asked</Th>
          <Th>Yes</Th>
          <Th>No</Th>
          <Th>Mean time</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.rules.map(({ key, label, numbers }) => (
          <Tr key={key}>
            <Td dataLabel="Rule that asks">
              {label ? <code>{label}</code> : <span className="cordon-quiet">not told</span>}
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
  );
}
