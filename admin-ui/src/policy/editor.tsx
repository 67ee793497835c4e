import { Alert, AlertActionLink, Button, PageSection } from "@patternfly/react-core";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Verdict } from "../access/permissions.ts";
import { useMay } from "../access/session.ts";
import type { PolicyDetail } from "../api/types.ts";
import { ActionButton } from "../ui/action-button.tsx";
import { LinkButton } from "../ui/link-button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { DiffView } from "./diff-view.tsx";
import { useDraft } from "./draft-state.ts";
import { KindLabel } from "./kind-label.tsx";
import { policyLink } from "./kinds.ts";
import { PublishDialog } from "./publish-dialog.tsx";
import { useValidation } from "./validation.ts";
import { Workbench } from "./workbench.tsx";

type Dialog = "save" | "publish" | "discard" | null;

export function Editor({ policy, start }: { policy: PolicyDetail; start: string }) {
  const navigate = useNavigate();
  const draft = useDraft(policy, start);
  const validation = useValidation(draft.text);
  const [dialog, setDialog] = useState<Dialog>(null);
  const mayDraft = useMay("policy.write");
  const mayPublish = useMay("policy.publish");
  const link = policyLink(policy.name);
  const close = () => setDialog(null);

  return (
    <>
      <PageHeader
        title={`Edit ${policy.name}`}
        trail={[
          { to: "/policies", name: "Policies" },
          { to: link, name: policy.name },
        ]}
        badges={<KindLabel kind={policy.kind} />}
        about={<DraftLine policy={policy} dirty={draft.dirty} />}
        actions={
          <>
            {policy.draft && (
              <ActionButton
                verdict={mayDraft}
                variant="link"
                isDanger
                onClick={() => setDialog("discard")}
              >
                Discard draft
              </ActionButton>
            )}
            <LinkButton to={`${link}/diff`} variant="link">
              Compare
            </LinkButton>
            <ActionButton
              verdict={savable(draft.dirty, validation.data?.valid, mayDraft)}
              variant="secondary"
              onClick={() => setDialog("save")}
            >
              Save draft
            </ActionButton>
            <ActionButton
              verdict={publishable(policy, draft.dirty, validation.data?.valid, mayPublish)}
              onClick={() => setDialog("publish")}
            >
              Publish
            </ActionButton>
          </>
        }
      />
      <PageSection hasBodyWrapper={false} isFilled>
        {draft.restored && draft.dirty && !draft.conflict && (
          <Alert
            variant="info"
            isInline
            title="Your unsaved text is back"
            actionLinks={
              <AlertActionLink onClick={draft.revert}>Use the saved text</AlertActionLink>
            }
          />
        )}
        {draft.conflict ? (
          <div className="cordon-stack">
            <Alert
              variant="warning"
              isInline
              title={`${draft.conflict.by} saved this draft meanwhile`}
            >
              Nothing is lost. Their text is on the left, yours on the right: take over with the
              arrows or by typing what you want of theirs, then save.
            </Alert>
            <DiffView
              left={draft.conflict.theirs}
              right={draft.text}
              leftLabel="Their draft"
              rightLabel="Your text"
              onChange={draft.change}
            />
            <div>
              <Button onClick={() => setDialog("save")}>Save the merged text</Button>
            </div>
          </div>
        ) : (
          <Workbench
            label={`Draft of ${policy.name}`}
            text={draft.text}
            onChange={draft.change}
            validation={validation}
          />
        )}
      </PageSection>
      {dialog === "save" && (
        <ReasonDialog
          title="Save draft"
          action="Save draft"
          onClose={close}
          onConfirm={async (reason) => {
            await draft.save(reason);
            close();
          }}
        />
      )}
      {dialog === "publish" && (
        <PublishDialog
          policy={policy}
          source={draft.saved.source}
          onClose={close}
          onConfirm={async (reason) => {
            await draft.publish(reason);
            await navigate(link);
          }}
        />
      )}
      {dialog === "discard" && (
        <ReasonDialog
          title={`Discard the draft of ${policy.name}`}
          action="Discard draft"
          danger
          onClose={close}
          onConfirm={async (reason) => {
            await draft.discard(reason);
            await navigate(policy.revisions.length > 0 ? link : "/policies");
          }}
        />
      )}
    </>
  );
}

function DraftLine({ policy, dirty }: { policy: PolicyDetail; dirty: boolean }) {
  return (
    <span aria-live="polite">
      {policy.draft ? (
        <>
          Draft saved by {policy.draft.author} <RelativeTime at={policy.draft.updatedAt} />
        </>
      ) : (
        "No draft yet"
      )}
      {dirty ? " · unsaved changes, kept in this tab" : " · nothing unsaved"}
    </span>
  );
}

function savable(dirty: boolean, valid: boolean | undefined, verdict: Verdict): Verdict {
  if (!verdict.allowed) {
    return verdict;
  }
  if (!dirty) {
    return { allowed: false, reason: "There are no changes to save." };
  }
  return valid === false
    ? {
        allowed: false,
        reason: "The text has problems. It stays in this tab until they are put right.",
      }
    : verdict;
}

function publishable(
  policy: PolicyDetail,
  dirty: boolean,
  valid: boolean | undefined,
  verdict: Verdict,
): Verdict {
  if (!verdict.allowed) {
    return verdict;
  }
  if (dirty) {
    return { allowed: false, reason: "Save the draft first: what is published is what was saved." };
  }
  if (!policy.draft) {
    return { allowed: false, reason: "There is no draft to publish." };
  }
  return valid
    ? verdict
    : { allowed: false, reason: "The text has problems, or they are still being looked for." };
}
