import type { SpanEvent } from "../api/types.ts";

export interface ProcessNode {
  pid: number;
  executable: string | null;
  /** Of the last program it became; null when they are hidden or were not recorded. */
  args: string[] | null;
  exitCode: number | null;
  startedAt: string | null;
  endedAt: string | null;
  children: ProcessNode[];
}

const ARGS_OF_EVENT = /^events\.\d+\.process\.command_args$/;

/** Whether this content of a span is shown in its process tree. */
export function isInTree(contentName: string): boolean {
  return ARGS_OF_EVENT.test(contentName);
}

/**
 * The tree of processes that the kernel reported as process.fork, process.exec and process.exit events. Arguments are content of
 * the span, named after the event's position.
 */
export function processTree(
  events: SpanEvent[],
  content: Record<string, unknown> | null = null,
): ProcessNode[] {
  const nodes = new Map<number, ProcessNode>();
  const roots: ProcessNode[] = [];
  const placed = new Set<number>();

  for (const [index, event] of events.entries()) {
    const pid = number(event.attributes["process.pid"]);
    if (!event.name.startsWith("process.") || pid === null) {
      continue;
    }
    const node = nodes.get(pid) ?? emptyNode(pid);
    nodes.set(pid, node);
    if (!placed.has(pid)) {
      placed.add(pid);
      const parent = nodes.get(number(event.attributes["process.parent_pid"]) ?? -1);
      (parent && parent !== node ? parent.children : roots).push(node);
    }
    switch (event.name) {
      case "process.exit":
        node.endedAt = event.at;
        node.exitCode = number(event.attributes["process.exit.code"]);
        break;
      default: {
        node.startedAt ??= event.at;
        const path = event.attributes["process.executable.path"];
        node.executable = typeof path === "string" ? path : node.executable;
        const args = content?.[`events.${index}.process.command_args`];
        node.args = Array.isArray(args) ? args.map(String) : node.args;
      }
    }
  }
  return roots;
}

function emptyNode(pid: number): ProcessNode {
  return {
    pid,
    executable: null,
    args: null,
    exitCode: null,
    startedAt: null,
    endedAt: null,
    children: [],
  };
}

function number(value: unknown): number | null {
  const parsed = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : null;
}
