import type { Run } from "../api/types.ts";

export interface Outcome {
  text: string;
  status: "success" | "danger" | "warning" | "info";
}

/** How a run ended, in one line: denied, still running, exit status, or the limit that ended it. */
export function outcome(
  run: Pick<Run, "decision" | "enforced" | "exitCode" | "limitsHit" | "durationMs">,
): Outcome {
  if (run.enforced && run.decision !== "allow") {
    return {
      text: run.decision === "deny" ? "Not run" : "Not run: needs approval",
      status: "danger",
    };
  }
  if (run.limitsHit.length > 0) {
    return { text: `Limit reached: ${run.limitsHit.join(", ")}`, status: "warning" };
  }
  if (run.exitCode === null) {
    return run.durationMs === null
      ? { text: "Running", status: "info" }
      : { text: "No exit status", status: "warning" };
  }
  return run.exitCode === 0
    ? { text: "Exit 0", status: "success" }
    : { text: `Exit ${run.exitCode}`, status: "warning" };
}
