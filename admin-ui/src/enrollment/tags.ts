/** "team=payments, site=zurich" as tags; null when some part is not `name=value`. */
export function parseTags(text: string): Record<string, string> | null {
  const tags: Record<string, string> = {};
  for (const part of text.split(",").map((each) => each.trim())) {
    if (!part) {
      continue;
    }
    const match = /^([A-Za-z][A-Za-z0-9._-]{0,62})=([^,=\s]{1,128})$/.exec(part);
    if (!match) {
      return null;
    }
    tags[match[1]!] = match[2]!;
  }
  return tags;
}
