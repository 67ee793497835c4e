import { Label, Title } from "@patternfly/react-core";
import type { ProcessNode } from "./process-tree.ts";

/** What ran inside, as the kernel told it. */
export function ProcessTreeView({ roots }: { roots: ProcessNode[] }) {
  return (
    <section className="cordon-stack">
      <Title headingLevel="h3" size="md">
        Processes
      </Title>
      <Branch nodes={roots} label="Process tree" />
    </section>
  );
}

/** An argument as a shell would need it, so that two of them are told apart. */
function quoted(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`;
}

function Branch({ nodes, label }: { nodes: ProcessNode[]; label?: string }) {
  return (
    <ul className="cordon-processes" aria-label={label}>
      {nodes.map((node) => (
        <li key={node.pid}>
          <span className="cordon-inline">
            <span className="cordon-mono">{node.executable ?? "(forked)"}</span>
            <span className="cordon-quiet">pid {node.pid}</span>
            {node.exitCode !== null && (
              <Label
                isCompact
                variant="outline"
                status={node.exitCode === 0 ? "success" : "warning"}
              >
                exit {node.exitCode}
              </Label>
            )}
          </span>
          {node.args !== null && node.args.length > 1 && (
            <div className="cordon-mono cordon-quiet cordon-process-args">
              {node.args.slice(1).map(quoted).join(" ")}
            </div>
          )}
          {node.children.length > 0 && <Branch nodes={node.children} />}
        </li>
      ))}
    </ul>
  );
}
