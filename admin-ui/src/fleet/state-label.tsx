import { Label, Tooltip } from "@patternfly/react-core";
import type { EndpointState } from "../api/types.ts";
import { endpointStates } from "./endpoint-state.ts";

export function StateLabel(props: { state: EndpointState; reason: string | null }) {
  const { word, status, meaning } = endpointStates[props.state];
  const text = props.reason ? `${meaning} ${props.reason}` : meaning;
  return (
    <Tooltip content={text}>
      <Label
        isCompact
        status={status}
        color={status ? undefined : "grey"}
        tabIndex={0}
        aria-description={text}
      >
        {word}
      </Label>
    </Tooltip>
  );
}
