/** An argument vector as one could type it: what a shell would split or expand is quoted. */
export function commandLine(words: readonly unknown[]): string {
  return words.map((word) => quoted(String(word))).join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
