import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { del, get, post, put, query, segment } from "../api/client.ts";
import type {
  Baseline,
  Draft,
  Evaluation,
  Page,
  PolicyDetail,
  PolicySummary,
  Repository,
  Revision,
  Validation,
} from "../api/types.ts";

const key = (name: string) => ["policy", name];

export function usePolicies(filter: { kind: string; cursor: string; limit: number }) {
  return useQuery({
    queryKey: ["policies", filter],
    queryFn: ({ signal }) => get<Page<PolicySummary>>(`/policies${query(filter)}`, signal),
  });
}

export function usePolicy(name: string) {
  return useQuery({
    queryKey: key(name),
    queryFn: ({ signal }) => get<PolicyDetail>(`/policies/${segment(name)}`, signal),
  });
}

export function fetchPolicy(name: string): Promise<PolicyDetail> {
  return get<PolicyDetail>(`/policies/${segment(name)}`);
}

/** A published revision never changes. */
export function useRevision(name: string, revision: number | null) {
  return useQuery({
    queryKey: [...key(name), "revision", revision],
    queryFn: ({ signal }) =>
      get<Revision>(`/policies/${segment(name)}/revisions/${revision}`, signal),
    enabled: revision !== null,
    staleTime: Infinity,
  });
}

export function useBaselines() {
  return useQuery({
    queryKey: ["baselines"],
    queryFn: ({ signal }) => get<Baseline[]>("/baselines", signal),
    staleTime: Infinity,
  });
}

export function usePolicySchema() {
  return useQuery({
    queryKey: ["policy-schema"],
    queryFn: ({ signal }) => get<Record<string, unknown>>("/policy-schema", signal),
    staleTime: Infinity,
  });
}

export function useRepository() {
  return useQuery({
    queryKey: ["repository"],
    queryFn: ({ signal }) => get<Repository>("/repository", signal),
  });
}

export const validate = (source: string) => post<Validation>("/policies/validate", { source });

export interface Question {
  source: string;
  command?: string[];
  path?: string;
  access?: string;
  host?: string;
  port?: number;
}

export const evaluate = (question: Question) => post<Evaluation>("/policies/evaluate", question);

export function usePolicyChanges(name: string) {
  const queries = useQueryClient();
  const onSuccess = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: key(name), refetchType: "active" }),
      queries.invalidateQueries({ queryKey: ["policies"] }),
      queries.invalidateQueries({ queryKey: ["repository"] }),
    ]);
  return {
    create: useMutation({
      mutationFn: (change: { source: string; reason: string }) =>
        post<PolicyDetail>("/policies", change),
      onSuccess,
    }),
    save: useMutation({
      mutationFn: (change: { source: string; reason: string; expectedRevision: number }) =>
        put<Draft>(`/policies/${segment(name)}/draft`, change),
      onSuccess,
    }),
    discard: useMutation({
      mutationFn: (change: { reason: string; expectedRevision: number }) =>
        del<void>(`/policies/${segment(name)}/draft${query(change)}`),
      onSuccess,
    }),
    publish: useMutation({
      mutationFn: (change: { reason: string; expectedRevision: number }) =>
        post<{ revision: number; targetsVersion: number }>(
          `/policies/${segment(name)}/publish`,
          change,
        ),
      onSuccess,
    }),
  };
}
