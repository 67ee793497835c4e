import {
  Button,
  EmptyState,
  EmptyStateBody,
  EmptyStateFooter,
  PageSection,
} from "@patternfly/react-core";
import { Link, useRouteError } from "react-router";
import { explain } from "../api/problem.ts";
import { PageHeader } from "./page-header.tsx";

export function Lost() {
  return (
    <>
      <PageHeader title="There is nothing here" />
      <PageSection hasBodyWrapper={false} isFilled>
        The link may be wrong or too old. <Link to="/fleet">Go to the fleet</Link>
      </PageSection>
    </>
  );
}

/** A defect of the console itself, or a part of it that could not be loaded (after an upgrade, for instance). */
export function RouteFailure() {
  const { title, body } = explain(useRouteError());
  return (
    <EmptyState titleText={title} headingLevel="h1" status="danger">
      <EmptyStateBody>{body}</EmptyStateBody>
      <EmptyStateFooter>
        <Button onClick={() => window.location.reload()}>Reload the page</Button>
      </EmptyStateFooter>
    </EmptyState>
  );
}
