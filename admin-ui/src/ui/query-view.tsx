import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemAlert } from "./problem-alert.tsx";
import { Waiting } from "./waiting.tsx";

/** A query's three faces: waiting, failed (with retry), answered. Old data stays on screen while a refresh fails. */
export function QueryView<T>(props: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  const { query } = props;
  if (query.data === undefined) {
    return query.isError ? (
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Waiting />
    );
  }
  return (
    <>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {props.children(query.data)}
    </>
  );
}
