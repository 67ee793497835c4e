import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { get, query, segment } from "../api/client.ts";
import type { AskReport, GovernedSession, Page, SessionSummary, Trace } from "../api/types.ts";
import { periodStart } from "./asks.ts";

export interface SessionFilter {
  q: string;
  decision: string;
  user: string;
  endpoint: string;
  from: string;
  to: string;
  cursor: string;
  limit: number;
}

export function useSessions(filter: SessionFilter) {
  return useQuery({
    queryKey: ["sessions", filter],
    queryFn: ({ signal }) => get<Page<SessionSummary>>(`/sessions${query({ ...filter })}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
}

/** @param days that the period covers until now */
export function useAsks(filter: { endpoint: string; user: string; agent: string; days: string }) {
  const { days, ...only } = filter;
  return useQuery({
    queryKey: ["asks", filter],
    queryFn: ({ signal }) =>
      get<AskReport>(`/asks${query({ ...only, from: periodStart(days, Date.now()) })}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

/** Its commands are content, and each reading of them is audited: it is read again only when the list says it grew. */
export function useGovernedSession(id: string) {
  const session = useQuery({
    queryKey: ["governed-session", id],
    queryFn: ({ signal }) => get<GovernedSession>(`/sessions/${segment(id)}`, signal),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const { data, refetch } = session;
  const summary = useQuery({
    queryKey: ["governed-session-summary", id],
    queryFn: ({ signal }) =>
      get<Page<SessionSummary>>(
        `/sessions${query({ endpoint: data?.endpointId, user: data?.user, limit: 50 })}`,
        signal,
      ),
    enabled: data !== undefined,
    refetchInterval: 10_000,
  });
  const lastAt = summary.data?.items.find((each) => each.id === data?.id)?.lastAt;
  const grew = data !== undefined && lastAt !== undefined && lastAt !== data.lastAt;
  useEffect(() => {
    if (grew) {
      void refetch();
    }
  }, [grew, refetch]);
  return session;
}

/** Each reading of content is audited, so a trace is read once and not polled. */
export function useTrace(id: string) {
  return useQuery({
    queryKey: ["trace", id],
    queryFn: ({ signal }) => get<Trace>(`/traces/${segment(id)}`, signal),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
}
