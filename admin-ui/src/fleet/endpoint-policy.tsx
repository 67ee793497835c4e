import { Alert, Label, SearchInput, Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link, useSearchParams } from "react-router";
import type { EffectivePolicy, ProvenanceKind } from "../api/types.ts";
import { count, short } from "../ui/format.ts";
import { QueryView } from "../ui/query-view.tsx";
import { useShownEndpoint } from "./endpoint-page.tsx";
import { useEffectivePolicy } from "./fleet-api.ts";
import { groupProvenance, kindWords, originOf, type ProvenanceGroup } from "./provenance.ts";

const colors = {
  base: "blue",
  tightening: "purple",
  exception: "orange",
  builtin: "grey",
} as const satisfies Record<ProvenanceKind, string>;

/** What this endpoint should enforce by what is published, value by value with the line that set it. */
export function EndpointPolicy() {
  const endpoint = useShownEndpoint();
  const policy = useEffectivePolicy(endpoint.id);
  return (
    <QueryView query={policy}>
      {(effective) => (
        <div className="cordon-stack">
          <Match effective={effective} reported={endpoint.effectivePolicy?.digest ?? null} />
          {effective.notices.map((notice) => (
            <Alert key={notice} variant="info" isInline title={notice} />
          ))}
          <ProvenanceTable effective={effective} />
        </div>
      )}
    </QueryView>
  );
}

function Match(props: { effective: EffectivePolicy; reported: string | null }) {
  const { effective, reported } = props;
  if (reported === null) {
    return (
      <Alert variant="warning" isInline title="The endpoint has reported no policy yet">
        This is what it will enforce once it has fetched and verified what is published.
      </Alert>
    );
  }
  return effective.matchesReported ? (
    <Alert variant="success" isInline title="The endpoint reports exactly this policy in force">
      Digest <span className="cordon-mono">{short(effective.digest, 24)}</span>
    </Alert>
  ) : (
    <Alert variant="warning" isInline title="The endpoint reports another policy in force">
      Published: <span className="cordon-mono">{short(effective.digest, 24)}</span>, reported:{" "}
      <span className="cordon-mono">{short(reported, 24)}</span>
    </Alert>
  );
}

function ProvenanceTable({ effective }: { effective: EffectivePolicy }) {
  const [search, setSearch] = useSearchParams();
  const wanted = (search.get("setting") ?? "").toLowerCase();
  const entries = effective.provenance.filter((entry) =>
    `${entry.pointer} ${entry.value} ${entry.target}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <div className="cordon-header__line">
        <SearchInput
          aria-label="Search settings"
          placeholder="Search settings, values, documents"
          value={search.get("setting") ?? ""}
          style={{ width: "22rem" }}
          onChange={(_, value) => setSearch(value ? { setting: value } : {}, { replace: true })}
          onClear={() => setSearch({}, { replace: true })}
        />
        <span className="cordon-quiet">{count(entries.length, "value")}</span>
      </div>
      {groupProvenance(entries).map((group) => (
        <Group key={group.section} group={group} />
      ))}
    </>
  );
}

function Group({ group }: { group: ProvenanceGroup }) {
  return (
    <section aria-label={group.section}>
      <Title headingLevel="h2" size="lg" className="cordon-section-title">
        {group.section}
      </Title>
      <Table
        aria-label={`Provenance of ${group.section}`}
        variant="compact"
        className="cordon-fixed"
      >
        <Thead>
          <Tr>
            <Th width={35}>Setting</Th>
            <Th width={35}>Value</Th>
            <Th width={30}>Set by</Th>
          </Tr>
        </Thead>
        <Tbody>
          {group.entries.map((entry) => {
            const origin = originOf(entry);
            return (
              <Tr key={`${entry.pointer} ${entry.target} ${entry.line} ${entry.value}`}>
                <Td dataLabel="Setting" className="cordon-mono">
                  {entry.setting}
                </Td>
                <Td dataLabel="Value" className="cordon-mono">
                  {entry.value}
                </Td>
                <Td dataLabel="Set by">
                  <span className="cordon-inline">
                    <Label isCompact color={colors[entry.kind]}>
                      {kindWords[entry.kind]}
                    </Label>
                    {origin.link ? <Link to={origin.link}>{origin.text}</Link> : origin.text}
                  </span>
                </Td>
              </Tr>
            );
          })}
        </Tbody>
      </Table>
    </section>
  );
}
