/** What an administrator types, as root, on the machine to enroll; `origin` is where this console was loaded from. */
export function enrollCommand(origin: string, token: string | null): string {
  return `sudo cordon-agent enroll --server ${origin} --token ${token ?? "<token>"}`;
}
