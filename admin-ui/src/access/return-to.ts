/** Where sign-in leads to; only a path of this console is followed, never another site. */
export function returnTo(search: string): string {
  const wanted = new URLSearchParams(search).get("return");
  return wanted && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith("/sign-in")
    ? wanted
    : "/fleet";
}

export function signInLink(here: { pathname: string; search: string }): string {
  const path = here.pathname + here.search;
  return path === "/" ? "/sign-in" : `/sign-in?return=${encodeURIComponent(path)}`;
}

const afterProvider = "cordon.return";

/** The identity provider leads back to the start page; where the person wanted to go waits in this tab. */
export function keepReturn(target: string): void {
  sessionStorage.setItem(afterProvider, target);
}

export function takeReturn(): string {
  const kept = sessionStorage.getItem(afterProvider);
  sessionStorage.removeItem(afterProvider);
  return kept ? returnTo(`?return=${encodeURIComponent(kept)}`) : "/fleet";
}
