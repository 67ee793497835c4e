import { Label } from "@patternfly/react-core";
import { BanIcon } from "@patternfly/react-icons/dist/esm/icons/ban-icon";
import { CheckCircleIcon } from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import { PauseCircleIcon } from "@patternfly/react-icons/dist/esm/icons/pause-circle-icon";
import type { Decision } from "../api/types.ts";

const looks = {
  allow: { status: "success", icon: <CheckCircleIcon />, word: "Allowed" },
  prompt: { status: "warning", icon: <PauseCircleIcon />, word: "Needs approval" },
  deny: { status: "danger", icon: <BanIcon />, word: "Denied" },
} as const satisfies Record<Decision, unknown>;

/** `enforced` false: audit mode, the decision was recorded and the command ran all the same. */
export function DecisionLabel(props: { decision: Decision; enforced?: boolean }) {
  const look = looks[props.decision];
  const word =
    props.enforced === false && props.decision !== "allow"
      ? `${look.word} (audit only)`
      : look.word;
  return (
    <Label isCompact status={look.status} icon={look.icon}>
      {word}
    </Label>
  );
}
