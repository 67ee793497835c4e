import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { del, get, post, query, segment } from "../api/client.ts";
import type { EnrollmentToken, IssuedToken, Page } from "../api/types.ts";

const key = ["enrollment-tokens"];

export function useTokens(page: { cursor: string; limit: number }, enabled: boolean) {
  return useQuery({
    queryKey: [...key, page],
    queryFn: ({ signal }) => get<Page<EnrollmentToken>>(`/enrollment-tokens${query(page)}`, signal),
    refetchInterval: 10_000,
    enabled,
  });
}

export interface TokenWish {
  group: string;
  tags: Record<string, string>;
  expiresInHours: number;
  reason: string;
}

export function useIssueToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: TokenWish) => post<IssuedToken>("/enrollment-tokens", wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
}

export function useRevokeToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      del<void>(`/enrollment-tokens/${segment(id)}${query({ reason })}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
}
