import { CopyText } from "../ui/copy-text.tsx";
import { enrollCommand } from "./enroll-command.ts";

/** How an endpoint comes into the fleet; with a token, the very command. */
export function EnrollSteps(props: { token?: string }) {
  return (
    <div className="cordon-stack cordon-enroll-steps">
      <p>
        {props.token
          ? "Run this on the endpoint. The token works once, for one machine."
          : "Create a token, install the agent on the machine, then run this there:"}
      </p>
      <CopyText
        label="Enroll command"
        text={enrollCommand(window.location.origin, props.token ?? null)}
      />
      <p className="cordon-quiet">
        The endpoint makes its own key, which never leaves it, and appears in the fleet within
        seconds.
      </p>
    </div>
  );
}
