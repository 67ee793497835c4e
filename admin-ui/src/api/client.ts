import { Problem } from "./problem.ts";

export type Params = Record<string, string | number | undefined | null>;

let csrfToken = "";
let signedOut: () => void = () => {};

/** The token that unsafe methods carry; it comes with the session and lives in memory only. */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called on any 401 but that of the sign-in itself. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

export function query(params: Params = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== "") {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}

async function send<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
  if (method !== "GET" && csrfToken) {
    headers["X-Cordon-CSRF"] = csrfToken;
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const response = await fetch(`/admin/v1${path}`, {
    method,
    headers,
    credentials: "same-origin",
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  if (!response.ok) {
    const problem = await Problem.of(response);
    if (response.status === 401 && problem.code !== "access.bad-credentials") {
      signedOut();
    }
    throw problem;
  }
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, signal?: AbortSignal) =>
  send<T>("GET", path, undefined, signal);
export const post = <T>(path: string, body: unknown = {}) => send<T>("POST", path, body);
export const put = <T>(path: string, body: unknown) => send<T>("PUT", path, body);
export const del = <T>(path: string) => send<T>("DELETE", path);

export const segment = encodeURIComponent;
