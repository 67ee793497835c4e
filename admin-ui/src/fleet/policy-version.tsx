import { Link } from "react-router";

/** A policy's name and revision as a link to exactly that text; the built-in strictest policy has none. */
export function PolicyVersion(props: { name: string | null; version: number | null }) {
  if (!props.name) {
    return <span className="cordon-quiet">–</span>;
  }
  if (props.name.startsWith("builtin-") || props.version === null || props.version === 0) {
    return <span>{props.name === "builtin-strictest" ? "Built-in strictest" : props.name}</span>;
  }
  return (
    <Link to={`/policies/${encodeURIComponent(props.name)}/revisions/${props.version}`}>
      {props.name} <span className="cordon-quiet">r{props.version}</span>
    </Link>
  );
}
