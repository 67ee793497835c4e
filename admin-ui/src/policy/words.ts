/**
 * A typed line as an argument vector: words apart by spaces, quotes keep them together. Nothing is expanded: this is
 * not a shell, and the policy matches the vector, not a string. Null for a quote that is not closed.
 */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let index = 0; index < line.length; index++) {
    const char = line[index]!;
    if (quote) {
      if (char === quote) {
        quote = null;
      } else if (char === "\\" && quote === '"' && /["\\]/.test(line[index + 1] ?? "")) {
        word += line[++index]!;
      } else {
        word += char;
      }
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= "";
    } else if (/\s/.test(char)) {
      if (word !== null) {
        words.push(word);
        word = null;
      }
    } else {
      word = (word ?? "") + (char === "\\" && index + 1 < line.length ? line[++index]! : char);
    }
  }
  if (quote) {
    return null;
  }
  return word === null ? words : [...words, word];
}

/** "registry.npmjs.org:443" or "registry.npmjs.org" (443) or "[::1]:80"; null when it is neither. */
export function splitHost(text: string): { host: string; port: number } | null {
  const match = /^(?:\[([0-9a-f:]+)\]|([^\s:[\]/]+))(?::(\d{1,5}))?$/i.exec(text.trim());
  if (!match) {
    return null;
  }
  const port = match[3] ? Number(match[3]) : 443;
  return port > 0 && port < 65536 ? { host: match[1] ?? match[2]!, port } : null;
}
