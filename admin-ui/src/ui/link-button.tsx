import { Button, type ButtonProps } from "@patternfly/react-core";
import { useHref, useLinkClickHandler } from "react-router";

/** Looks like a button, is a link: it can be opened in a new tab. */
export function LinkButton({ to, ...props }: ButtonProps & { to: string }) {
  const href = useHref(to);
  const follow = useLinkClickHandler<HTMLAnchorElement>(to);
  return (
    <Button
      {...props}
      component="a"
      href={href}
      onClick={(event) => follow(event as unknown as React.MouseEvent<HTMLAnchorElement>)}
    />
  );
}
