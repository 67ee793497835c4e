import { Button, type ButtonProps } from "@patternfly/react-core";
import { Link } from "react-router";

/** Looks like a button, is a link: it can be opened in a new tab. */
export function LinkButton({ to, ...props }: ButtonProps & { to: string }) {
  return <Button {...props} component={(inner) => <Link {...inner} to={to} />} />;
}
