import { Alert, PageSection } from "@patternfly/react-core";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useMay } from "../access/session.ts";
import { ActionButton } from "../ui/action-button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { policyLink } from "./kinds.ts";
import { renamed } from "./merge.ts";
import { useBaselines, usePolicyChanges } from "./policy-api.ts";
import { dropUnsaved, keepUnsaved, readUnsaved } from "./unsaved.ts";
import { useValidation } from "./validation.ts";
import { Workbench } from "./workbench.tsx";

const blank = `apiVersion: cordon.io/v1
kind: SandboxPolicy
metadata:
  name: my-policy
  title: My policy
  description: What this policy is for.
  contact: security@example.com
spec:
  mode: enforce
`;

/** A new document, from nothing or (`?from=`) from a baseline. */
export function NewPage() {
  const [search] = useSearchParams();
  const from = search.get("from");
  const baselines = useBaselines();
  if (!from) {
    return <NewDocument key="blank" slot="new" start={blank} />;
  }
  return (
    <QueryView query={baselines}>
      {(items) => {
        const baseline = items.find(({ name }) => name === from);
        return (
          <NewDocument
            key={from}
            slot={`new from ${from}`}
            start={baseline ? renamed(baseline.source, `my-${from}`) : blank}
          />
        );
      }}
    </QueryView>
  );
}

function NewDocument({ slot, start }: { slot: string; start: string }) {
  const navigate = useNavigate();
  const verdict = useMay("policy.write");
  const [text, setText] = useState(() => readUnsaved(slot)?.text ?? start);
  const [saving, setSaving] = useState(false);
  const validation = useValidation(text);
  const { create } = usePolicyChanges(validation.data?.name ?? "");
  const change = (next: string) => {
    setText(next);
    keepUnsaved(slot, { text: next, basedOn: 0 });
  };
  return (
    <>
      <PageHeader
        title="New document"
        trail={[{ to: "/policies", name: "Policies" }]}
        about="It is saved as a draft under the name in its metadata. Nothing changes on any endpoint until it is published."
        actions={
          <ActionButton verdict={verdict} onClick={() => setSaving(true)}>
            Save draft
          </ActionButton>
        }
      />
      <PageSection hasBodyWrapper={false} isFilled>
        {!verdict.allowed && <Alert variant="info" isInline title={verdict.reason} />}
        <Workbench label="New document" text={text} onChange={change} validation={validation} />
      </PageSection>
      {saving && (
        <ReasonDialog
          title="Save draft"
          action="Save draft"
          onClose={() => setSaving(false)}
          onConfirm={async (reason) => {
            const policy = await create.mutateAsync({ source: text, reason });
            dropUnsaved(slot);
            await navigate(`${policyLink(policy.name)}/edit`);
          }}
        />
      )}
    </>
  );
}
