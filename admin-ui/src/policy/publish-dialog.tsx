import { Alert } from "@patternfly/react-core";
import { Link } from "react-router";
import type { PolicyDetail } from "../api/types.ts";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { changedLines } from "./changed-lines.ts";
import { policyLink } from "./kinds.ts";
import { newestFirst } from "./merge.ts";
import { useRepository, useRevision } from "./policy-api.ts";

/** The last look before every endpoint gets it: what changes, and who signs. */
export function PublishDialog(props: {
  policy: PolicyDetail;
  source: string;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { policy } = props;
  const newest = newestFirst(policy.revisions)[0];
  const published = useRevision(policy.name, newest?.revision ?? null);
  const repository = useRepository();
  const changed = published.data ? changedLines(published.data.source, props.source) : null;
  return (
    <ReasonDialog
      title={`Publish ${policy.name}`}
      action="Publish"
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      <p>
        It becomes revision {(newest?.revision ?? 0) + 1}, is signed, and every endpoint it is
        assigned to enforces it within seconds.{" "}
        {newest && changed && (
          <Link
            to={`${policyLink(policy.name)}/diff?from=${newest.revision}&to=draft`}
            target="_blank"
          >
            {changed.added} lines added, {changed.removed} removed
          </Link>
        )}
      </p>
      {repository.data && repository.data.separation === "none" && (
        <Alert variant="warning" isInline title="Approvals are not separated">
          {repository.data.separationNotice}
        </Alert>
      )}
    </ReasonDialog>
  );
}
