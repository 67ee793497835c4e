import { Link, useSearchParams } from "react-router";
import { withCursor } from "./url-state.ts";

export const pageSize = 50;

/** Keyset paging: the next page is a link, the previous one is the browser's back. */
export function Paging(props: { shown: number; nextCursor: string | null; noun: string }) {
  const [search] = useSearchParams();
  const onFirst = !search.has("cursor");
  if (onFirst && !props.nextCursor) {
    return null;
  }
  return (
    <nav className="cordon-paging" aria-label="Pages">
      <span className="cordon-quiet">
        {props.shown} {props.noun} on this page
      </span>
      {!onFirst && <Link to={{ search: withCursor(search, null).toString() }}>First page</Link>}
      {props.nextCursor && (
        <Link to={{ search: withCursor(search, props.nextCursor).toString() }}>Next page</Link>
      )}
    </nav>
  );
}
