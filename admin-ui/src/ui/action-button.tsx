import { Button, Tooltip, type ButtonProps } from "@patternfly/react-core";
import type { Verdict } from "../access/permissions.ts";

/** A button that is disabled with the reason, not hidden: it stays reachable and says why on hover and focus. */
export function ActionButton({ verdict, ...props }: ButtonProps & { verdict: Verdict }) {
  if (verdict.allowed) {
    return <Button {...props} />;
  }
  return (
    <Tooltip content={verdict.reason}>
      <Button {...props} isAriaDisabled aria-description={verdict.reason} onClick={undefined} />
    </Tooltip>
  );
}
