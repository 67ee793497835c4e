import { ClipboardCopy } from "@patternfly/react-core";

/** A command or a secret to copy, one line each, never abbreviated. */
export function CopyText(props: { text: string; label: string }) {
  return (
    <ClipboardCopy
      isReadOnly
      isCode
      hoverTip="Copy"
      clickTip="Copied"
      textAriaLabel={props.label}
      toggleAriaLabel={props.label}
      copyAriaLabel={`Copy: ${props.label}`}
    >
      {props.text}
    </ClipboardCopy>
  );
}
