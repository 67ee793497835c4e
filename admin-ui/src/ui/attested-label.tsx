import { Label, Tooltip } from "@patternfly/react-core";
import { CommentIcon } from "@patternfly/react-icons/dist/esm/icons/comment-icon";
import { ShieldAltIcon } from "@patternfly/react-icons/dist/esm/icons/shield-alt-icon";

/** What Cordon saw itself against what an agent says of itself: the second can never pass for the first. */
export function AttestedLabel(props: { attested: boolean }) {
  return props.attested ? (
    <Tooltip content="Recorded by Cordon's service outside the sandbox.">
      <Label isCompact color="teal" icon={<ShieldAltIcon />} tabIndex={0}>
        Attested
      </Label>
    </Tooltip>
  ) : (
    <Tooltip content="Said by the coding agent about itself. Cordon did not see it.">
      <Label isCompact variant="outline" icon={<CommentIcon />} tabIndex={0}>
        Self-reported
      </Label>
    </Tooltip>
  );
}
