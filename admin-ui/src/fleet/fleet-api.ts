import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, query, segment } from "../api/client.ts";
import type {
  CodingAgent,
  CodingAgentCount,
  EffectivePolicy,
  Endpoint,
  EndpointInventory,
  EndpointSummary,
  Page,
  Run,
} from "../api/types.ts";

export interface FleetFilter {
  q: string;
  state: string;
  cursor: string;
  limit: number;
}

/** Endpoints report every few seconds; the list follows without being asked. */
const refresh = 5_000;

export function useEndpoints(filter: FleetFilter) {
  return useQuery({
    queryKey: ["endpoints", filter],
    queryFn: ({ signal }) =>
      get<Page<EndpointSummary>>(`/endpoints${query({ ...filter })}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
  });
}

export function useEndpoint(id: string) {
  return useQuery({
    queryKey: ["endpoint", id],
    queryFn: ({ signal }) => get<Endpoint>(`/endpoints/${segment(id)}`, signal),
    refetchInterval: refresh,
  });
}

export function useEffectivePolicy(id: string) {
  return useQuery({
    queryKey: ["endpoint", id, "effective-policy"],
    queryFn: ({ signal }) =>
      get<EffectivePolicy>(`/endpoints/${segment(id)}/effective-policy`, signal),
    refetchInterval: refresh,
  });
}

/** What endpoints report of coding agents changes by the quarter of an hour. */
const inventoryRefresh = 30_000;

export function useInventory(id: string) {
  return useQuery({
    queryKey: ["endpoint", id, "inventory"],
    queryFn: ({ signal }) => get<EndpointInventory>(`/endpoints/${segment(id)}/inventory`, signal),
    refetchInterval: inventoryRefresh,
  });
}

export interface CodingAgentFilter {
  q: string;
  user: string;
  endpoint: string;
  agent: string;
  standing: string;
  refusal: string;
  version: string;
}

export function useCodingAgents(
  filter: CodingAgentFilter,
  page: { cursor: string; limit: number },
) {
  return useQuery({
    queryKey: ["coding-agents", filter, page],
    queryFn: ({ signal }) =>
      get<Page<CodingAgent>>(`/coding-agents${query({ ...filter, ...page })}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: inventoryRefresh,
  });
}

export function useCodingAgentCounts(filter: CodingAgentFilter) {
  return useQuery({
    queryKey: ["coding-agents", "counts", filter],
    queryFn: ({ signal }) =>
      get<CodingAgentCount[]>(`/coding-agents/counts${query({ ...filter })}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: inventoryRefresh,
  });
}

/** Commands are content, and each reading of them is audited: the list is read again when somebody asks. */
export function useEndpointRuns(id: string, page: { cursor: string; limit: number }) {
  return useQuery({
    queryKey: ["endpoint", id, "runs", page],
    queryFn: ({ signal }) => get<Page<Run>>(`/endpoints/${segment(id)}/runs${query(page)}`, signal),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
}

export function useSwitchEndpoint(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: { to: "disable" | "enable"; reason: string }) =>
      post<void>(`/endpoints/${segment(id)}/${change.to}`, { reason: change.reason }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["endpoint", id] }),
        queries.invalidateQueries({ queryKey: ["endpoints"] }),
      ]),
  });
}
