/**
 * A session's id as people can tell it apart. An id that nobody chose is "<endpoint>/<user>/<login session>": host and
 * user stand beside it anyway.
 */
export function shortSession(id: string): string {
  const derived = /^[0-9a-f]{8}-[0-9a-f-]{27}\/([^/]+)\/(.+)$/.exec(id);
  if (derived) {
    return `${derived[1]}, login ${derived[2]}`;
  }
  return id.length > 40 ? `${id.slice(0, 39)}…` : id;
}
