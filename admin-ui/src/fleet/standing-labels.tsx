import { Label, Tooltip } from "@patternfly/react-core";
import type { Standing } from "../api/types.ts";
import { refusals, standings } from "./coding-agents.ts";

/** What stands out of an agent: that policy does not manage it, does not know it, or does not let it run. */
export function StandingLabels(props: { standing: Standing; refusal: string }) {
  const standing = standings[props.standing];
  const refusal = props.refusal
    ? (refusals[props.refusal] ?? {
        word: props.refusal,
        meaning: "The policy does not let it run.",
      })
    : null;
  return (
    <span className="cordon-inline">
      {refusal && <Explained word={refusal.word} meaning={refusal.meaning} status="danger" />}
      <Explained {...standing} />
    </span>
  );
}

function Explained(props: {
  word: string;
  meaning: string;
  status: "success" | "warning" | "danger";
}) {
  return (
    <Tooltip content={props.meaning}>
      <Label isCompact status={props.status} tabIndex={0} aria-description={props.meaning}>
        {props.word}
      </Label>
    </Tooltip>
  );
}
