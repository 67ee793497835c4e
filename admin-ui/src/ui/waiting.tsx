import { Bullseye, Spinner } from "@patternfly/react-core";

export function Waiting() {
  return (
    <Bullseye className="cordon-waiting">
      <Spinner aria-label="Loading" />
    </Bullseye>
  );
}
