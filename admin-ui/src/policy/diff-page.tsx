import { Alert, FormSelect, FormSelectOption, PageSection } from "@patternfly/react-core";
import { useParams, useSearchParams } from "react-router";
import type { PolicyDetail } from "../api/types.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { Waiting } from "../ui/waiting.tsx";
import { DiffView } from "./diff-view.tsx";
import { policyLink } from "./kinds.ts";
import { defaultSides, newestFirst, parseSide, type Side } from "./merge.ts";
import { usePolicy, useRevision } from "./policy-api.ts";

export function DiffPage() {
  const name = useParams()["name"]!;
  const policy = usePolicy(name);
  return (
    <>
      <PageHeader
        title="Compare"
        trail={[
          { to: "/policies", name: "Policies" },
          { to: policyLink(name), name },
        ]}
      />
      <PageSection hasBodyWrapper={false} isFilled>
        <QueryView query={policy}>{(data) => <Comparison policy={data} />}</QueryView>
      </PageSection>
    </>
  );
}

function Comparison({ policy }: { policy: PolicyDetail }) {
  const [search, setSearch] = useSearchParams();
  const fallback = defaultSides(policy);
  const from = parseSide(search.get("from")) ?? fallback.from;
  const to = parseSide(search.get("to")) ?? fallback.to;
  const left = useSide(policy, from);
  const right = useSide(policy, to);
  const choose = (side: "from" | "to", value: string) =>
    setSearch({ from: String(from ?? ""), to: String(to ?? ""), [side]: value });

  if (policy.revisions.length + (policy.draft ? 1 : 0) < 2) {
    return (
      <Alert variant="info" isInline title="There is nothing to compare yet">
        {policy.name} has one text only. Save a draft or publish a revision first.
      </Alert>
    );
  }
  return (
    <div className="cordon-stack">
      <div className="cordon-diff-sides">
        <SideChoice
          label="From"
          policy={policy}
          side={from}
          onChange={(value) => choose("from", value)}
        />
        <SideChoice
          label="To"
          policy={policy}
          side={to}
          onChange={(value) => choose("to", value)}
        />
      </div>
      {left.error && <ProblemAlert error={left.error} onRetry={left.retry} />}
      {right.error && <ProblemAlert error={right.error} onRetry={right.retry} />}
      {left.text === right.text && left.text !== undefined && (
        <Alert variant="info" isInline title="Both texts are the same" />
      )}
      {left.text !== undefined && right.text !== undefined ? (
        <DiffView
          left={left.text}
          right={right.text}
          leftLabel={sideName(from)}
          rightLabel={sideName(to)}
        />
      ) : (
        !left.error && !right.error && <Waiting />
      )}
    </div>
  );
}

function useSide(policy: PolicyDetail, side: Side | null) {
  const revision = useRevision(policy.name, typeof side === "number" ? side : null);
  if (typeof side === "number") {
    return {
      text: revision.data?.source,
      error: revision.error,
      retry: () => void revision.refetch(),
    };
  }
  return {
    text: side === "draft" ? (policy.draft?.source ?? "") : "",
    error: null,
    retry: undefined,
  };
}

function SideChoice(props: {
  label: string;
  policy: PolicyDetail;
  side: Side | null;
  onChange: (value: string) => void;
}) {
  return (
    <label className="cordon-inline">
      <span>{props.label}</span>
      <FormSelect
        aria-label={props.label}
        value={String(props.side ?? "")}
        onChange={(_, value) => props.onChange(value)}
      >
        {props.side === null && <FormSelectOption value="" label="Nothing" />}
        {props.policy.draft && <FormSelectOption value="draft" label={sideName("draft")} />}
        {newestFirst(props.policy.revisions).map(({ revision }) => (
          <FormSelectOption key={revision} value={String(revision)} label={sideName(revision)} />
        ))}
      </FormSelect>
    </label>
  );
}

function sideName(side: Side | null): string {
  return side === null ? "Nothing" : side === "draft" ? "Draft" : `Revision ${side}`;
}
