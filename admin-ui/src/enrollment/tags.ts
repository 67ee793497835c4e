/** What the server takes for a group: it becomes part of a certificate. */
export const groupPattern = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** "team=payments, site=zurich" as tags; null when some part is not `name=value`. */
export function parseTags(text: string): Record<string, string> | null {
  const tags: Record<string, string> = {};
  for (const part of text.split(",").map((each) => each.trim())) {
    if (!part) {
      continue;
    }
    const match = /^([a-z0-9][a-z0-9._-]{0,30})=([A-Za-z0-9][A-Za-z0-9._-]{0,62})$/.exec(part);
    if (!match) {
      return null;
    }
    tags[match[1]!] = match[2]!;
  }
  return tags;
}

export function tagText(tags: Record<string, string>): string {
  return Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}
