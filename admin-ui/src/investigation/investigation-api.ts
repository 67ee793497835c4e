import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, query, segment } from "../api/client.ts";
import type { GovernedSession, Page, SessionSummary, Trace } from "../api/types.ts";

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

export function useGovernedSession(id: string) {
  return useQuery({
    queryKey: ["governed-session", id],
    queryFn: ({ signal }) => get<GovernedSession>(`/sessions/${segment(id)}`, signal),
    refetchInterval: 10_000,
  });
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
