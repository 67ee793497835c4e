/** A JSON Schema (2020-12) node, as far as completion reads it. */
export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  description?: string;
  title?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  if?: Schema;
  then?: Schema;
  else?: Schema;
  required?: string[];
}

export interface Suggestion {
  label: string;
  insert: string;
  detail: string;
  info: string;
}

/** Where the cursor is: the keys that lead there ("*" for a list item) and whether a key or a value is being typed. */
export interface Place {
  path: string[];
  key: string | null;
  typed: string;
  siblings: string[];
}

const keyLine = /^(\s*)((?:- +)*)(?:"([^"]+)"|'([^']+)'|([A-Za-z_][\w.-]*))\s*:(?:\s|$)/;

/**
 * Reads block YAML by indentation, since the text before the cursor is hardly ever complete. Inside flow collections
 * (`{…}`, `[…]`) there is no place, and so no suggestion.
 */
export function placeOf(text: string, position: number): Place | null {
  const before = text.slice(0, position).split("\n");
  const current = before.pop() ?? "";
  const value = /^(\s*)((?:- +)*)([A-Za-z_][\w.-]*)\s*:\s+([^\s{}[\],]*)$/.exec(current);
  const start = value ?? /^(\s*)((?:- +|-$)*)([A-Za-z_][\w.-]*)?$/.exec(current);
  if (!start) {
    return null;
  }
  const indent = start[1]!.length + start[2]!.length;
  const path: string[] = [];
  let limit = indent;
  if (start[2]) {
    path.unshift("*");
    limit = start[1]!.length;
  }
  for (const line of before.toReversed()) {
    if (limit === 0 && !start[2] && path.length === 0 && indent === 0) {
      break;
    }
    const match = keyLine.exec(line);
    if (!match) {
      continue;
    }
    const outer = match[1]!.length;
    const inner = outer + match[2]!.length;
    const key = match[3] ?? match[4] ?? match[5]!;
    if (inner < limit || (path[0] === "*" && inner === limit && !match[2])) {
      path.unshift(key);
      limit = inner;
    }
    if (match[2] && outer < limit) {
      path.unshift("*");
      limit = outer;
    }
    if (limit === 0 && path[0] !== "*") {
      break;
    }
  }
  return {
    path,
    key: value ? value[3]! : null,
    typed: (value ? value[4] : start[3]) ?? "",
    siblings: siblingsOf(text, before.length, indent),
  };
}

/** Keys of the same mapping, so that none is offered twice. */
function siblingsOf(text: string, lineIndex: number, indent: number): string[] {
  const lines = text.split("\n");
  const found: string[] = [];
  for (const step of [-1, 1]) {
    for (let index = lineIndex + step; lines[index] !== undefined; index += step) {
      const match = keyLine.exec(lines[index]!);
      if (!match) {
        continue;
      }
      const inner = match[1]!.length + match[2]!.length;
      if (inner < indent || (step === 1 && match[2] && inner === indent)) {
        break;
      }
      if (inner === indent) {
        found.push(match[3] ?? match[4] ?? match[5]!);
        if (step === -1 && match[2]) {
          break;
        }
      }
    }
  }
  return found;
}

/** The schemas that hold at a path, for a document of this kind (the one a `kind: …` line names). */
export function schemasAt(root: Schema, path: string[], kind: string | null): Schema[] {
  let nodes = expand(root, root, kind);
  for (const part of path) {
    nodes = nodes.flatMap((node) => {
      if (part === "*") {
        return node.items ? expand(node.items, root, kind) : [];
      }
      const property = node.properties?.[part];
      if (property) {
        return expand(property, root, kind);
      }
      return typeof node.additionalProperties === "object"
        ? expand(node.additionalProperties, root, kind)
        : [];
    });
  }
  return nodes;
}

/** A node with its references followed and its alternatives laid beside it, less those that are for another kind. */
function expand(schema: Schema, root: Schema, kind: string | null, depth = 0): Schema[] {
  if (depth > 12) {
    return [];
  }
  const more: Schema[] = [];
  if (schema.$ref) {
    const target = resolve(root, schema.$ref);
    if (target) {
      more.push(target);
    }
  }
  more.push(...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? []));
  if (schema.then && (!schema.if || isFor(schema.if, root, kind))) {
    more.push(schema.then);
  }
  return [
    schema,
    ...more
      .filter((each) => isFor(each, root, kind))
      .flatMap((each) => expand(each, root, kind, depth + 1)),
  ];
}

function isFor(schema: Schema, root: Schema, kind: string | null): boolean {
  const target = schema.$ref ? resolve(root, schema.$ref) : schema;
  const wanted = target?.properties?.["kind"];
  if (!kind || wanted?.const === undefined) {
    return true;
  }
  return wanted.const === kind;
}

function resolve(root: Schema, reference: string): Schema | undefined {
  if (!reference.startsWith("#/")) {
    return undefined;
  }
  let node: unknown = root;
  for (const part of reference.slice(2).split("/")) {
    node = (node as Record<string, unknown> | undefined)?.[
      part.replaceAll("~1", "/").replaceAll("~0", "~")
    ];
  }
  return node as Schema | undefined;
}

/** What can be typed at the cursor, in the schema's own order. */
export function suggest(root: Schema, text: string, position: number): Suggestion[] {
  const place = placeOf(text, position);
  if (!place) {
    return [];
  }
  const kind = /^kind:\s*["']?(\w+)/m.exec(text)?.[1] ?? null;
  if (place.key !== null) {
    return values(
      schemasAt(root, [...place.path, place.key], place.key === "kind" ? null : kind),
      root,
    );
  }
  const nodes = schemasAt(root, place.path, kind);
  const found = new Map<string, Suggestion>();
  for (const node of nodes) {
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      if (found.has(name) || place.siblings.includes(name)) {
        continue;
      }
      const all = expand(property, root, kind);
      const type = all.map((each) => typeName(each)).find(Boolean) ?? "";
      found.set(name, {
        label: name,
        insert: type === "object" || type === "array" ? `${name}:` : `${name}: `,
        detail: node.required?.includes(name) ? `${type}, required` : type,
        info: all.map((each) => each.description).find(Boolean) ?? "",
      });
    }
  }
  const items = place.path.at(-1) === "*" ? values(nodes, root) : [];
  return [...found.values(), ...items];
}

function values(nodes: Schema[], root: Schema): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const node of nodes.flatMap((each) => expand(each, root, null))) {
    const options = node.enum ?? (node.const === undefined ? [] : [node.const]);
    for (const option of node.type === "boolean" ? [true, false] : options) {
      const label = String(option);
      found.set(label, { label, insert: label, detail: "", info: node.description ?? "" });
    }
  }
  return [...found.values()];
}

function typeName(schema: Schema): string {
  if (schema.enum) {
    return schema.enum.map(String).join(" | ");
  }
  return Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "");
}
