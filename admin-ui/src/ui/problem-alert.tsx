import { Alert, AlertActionLink } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { explain } from "../api/problem.ts";

/** A failure, in words, with the way to try again. */
export function ProblemAlert(props: {
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
}) {
  const { title, body } = explain(props.error);
  return (
    <Alert
      variant="danger"
      isInline
      title={title}
      role="alert"
      actionLinks={
        props.onRetry && <AlertActionLink onClick={props.onRetry}>Try again</AlertActionLink>
      }
    >
      {body}
      {props.children}
    </Alert>
  );
}
