import { useQuery, useQueryClient } from "@tanstack/react-query";
import { del, get, post, rememberCsrfToken } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
import type { Session, SessionOptions } from "../api/types.ts";
import { may, type Permission, type Verdict } from "./permissions.ts";

export const sessionKey = ["session"];

/** The session, or null for nobody: being signed out is an answer here, not a failure. */
async function fetchSession(): Promise<Session | null> {
  try {
    const session = await get<Session>("/session");
    rememberCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) {
      return null;
    }
    throw error;
  }
}

export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: fetchSession, staleTime: 60_000 });
}

export function useSessionOptions() {
  return useQuery({
    queryKey: ["session-options"],
    queryFn: ({ signal }) => get<SessionOptions>("/session/options", signal),
    staleTime: Infinity,
  });
}

/** Signs in and out; both leave nothing behind of what the previous user saw. */
export function useSignIn() {
  const queries = useQueryClient();
  // The session's own query stays: the pages that watch it would go on watching the removed one.
  const forgetAllElse = () =>
    queries.removeQueries({
      predicate: ({ queryKey }) => queryKey[0] !== "session" && queryKey[0] !== "session-options",
    });
  return {
    signIn: async (user: string, password: string) => {
      const session = await post<Session>("/session", { user, password });
      rememberCsrfToken(session.csrfToken);
      forgetAllElse();
      queries.setQueryData(sessionKey, session);
    },
    signOut: async () => {
      await del<void>("/session");
      rememberCsrfToken("");
      forgetAllElse();
      queries.setQueryData(sessionKey, null);
    },
  };
}

export function useMay(permission: Permission): Verdict {
  const { data } = useSession();
  return may(data, permission);
}
