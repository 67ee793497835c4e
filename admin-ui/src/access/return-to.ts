/** Where sign-in leads to; only a path of this console is followed, never another site. */
export function returnTo(search: string): string {
  const wanted = new URLSearchParams(search).get("return");
  return wanted && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith("/sign-in") ? wanted : "/fleet";
}

export function signInLink(here: { pathname: string; search: string }): string {
  const path = here.pathname + here.search;
  return path === "/" ? "/sign-in" : `/sign-in?return=${encodeURIComponent(path)}`;
}
