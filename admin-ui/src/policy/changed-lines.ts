import { diff } from "@codemirror/merge";

/** How many lines a change adds and removes, as a diff shows them. */
export function changedLines(before: string, after: string): { added: number; removed: number } {
  let added = 0;
  let removed = 0;
  // One character for each distinct line, so that the diff works on lines.
  const alphabet = new Map<string, string>();
  const encode = (text: string) =>
    text
      .split("\n")
      .map((line) => {
        const known = alphabet.get(line) ?? String.fromCharCode(0xe000 + (alphabet.size % 0x18ff));
        alphabet.set(line, known);
        return known;
      })
      .join("");
  for (const change of diff(encode(before), encode(after))) {
    removed += change.toA - change.fromA;
    added += change.toB - change.fromB;
  }
  return { added, removed };
}
