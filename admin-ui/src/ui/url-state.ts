import { useCallback } from "react";
import { useSearchParams } from "react-router";

/**
 * One filter of a list, held in the URL. Changing any filter goes back to the first page; the first typed
 * letter makes a history entry, the following ones replace it.
 */
export function withFilter(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete("cursor");
  if (value) {
    next.set(name, value);
  } else {
    next.delete(name);
  }
  return next;
}

export function withCursor(search: URLSearchParams, cursor: string | null): URLSearchParams {
  const next = new URLSearchParams(search);
  if (cursor) {
    next.set("cursor", cursor);
  } else {
    next.delete("cursor");
  }
  return next;
}

export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (name: string, value: string) =>
      setSearch((before) => withFilter(before, name, value), { replace: search.has(name) }),
    [search, setSearch],
  );
  return { of: (name: string) => search.get(name) ?? "", set, search };
}
