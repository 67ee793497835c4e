import type { Run } from "../api/types.ts";

export interface Outcome {
  text: string;
  status: "success" | "danger" | "warning" | "info";
}

/** How a run ended, in one line: denied, lost, the limit that ended it, or its exit status. */
export function outcome(
  run: Pick<Run, "decision" | "enforced" | "exitCode" | "limitsHit" | "outcome">,
): Outcome {
  if (run.outcome === "denied" || (run.enforced && run.decision !== "allow")) {
    return {
      text: run.decision === "prompt" ? "Not run: needs approval" : "Not run",
      status: "danger",
    };
  }
  if (run.limitsHit.length > 0) {
    return { text: `Limit reached: ${run.limitsHit.join(", ")}`, status: "warning" };
  }
  if (run.exitCode !== null) {
    return run.exitCode === 0
      ? { text: "Exit 0", status: "success" }
      : { text: `Exit ${run.exitCode}`, status: "warning" };
  }
  switch (run.outcome) {
    case "failed-to-start":
      return { text: "Failed to start", status: "warning" };
    case "killed":
      return { text: "Killed", status: "warning" };
    case "lost":
      return { text: "Lost: the service ended first", status: "warning" };
    default:
      return { text: "No exit status", status: "info" };
  }
}
