import {
  Alert,
  Button,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from "@patternfly/react-core";
import { useState } from "react";
import type { IssuedToken } from "../api/types.ts";
import { CopyText } from "../ui/copy-text.tsx";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { EnrollSteps } from "./enroll-steps.tsx";
import { useIssueToken } from "./enrollment-api.ts";
import { groupPattern, parseTags } from "./tags.ts";

const lifetimes = [
  { hours: 1, label: "1 hour" },
  { hours: 24, label: "24 hours" },
  { hours: 168, label: "7 days" },
];

export function IssueDialog(props: { onClose: () => void }) {
  const issue = useIssueToken();
  const [group, setGroup] = useState("default");
  const [tags, setTags] = useState("");
  const [hours, setHours] = useState(24);
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  const parsed = parseTags(tags);

  if (issued) {
    return <IssuedDialog issued={issued} onClose={props.onClose} />;
  }
  return (
    <ReasonDialog
      title="Create an enrollment token"
      action="Create token"
      ready={groupPattern.test(group.trim()) && parsed !== null}
      onClose={props.onClose}
      onConfirm={async (reason) =>
        setIssued(
          await issue.mutateAsync({
            group: group.trim(),
            tags: parsed ?? {},
            expiresInHours: hours,
            reason,
          }),
        )
      }
    >
      <FormGroup label="Group" isRequired fieldId="token-group">
        <TextInput
          id="token-group"
          value={group}
          isRequired
          validated={groupPattern.test(group.trim()) ? "default" : "error"}
          onChange={(_, value) => setGroup(value)}
        />
        <FormHelperText>
          <HelperText>
            <HelperTextItem>
              Goes into the endpoint's certificate. Assignments choose a policy by it.
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <FormGroup label="Tags" fieldId="token-tags">
        <TextInput
          id="token-tags"
          value={tags}
          placeholder="team=payments, site=zurich"
          validated={parsed ? "default" : "error"}
          onChange={(_, value) => setTags(value)}
        />
        {!parsed && (
          <FormHelperText>
            <HelperText>
              <HelperTextItem variant="error">
                Write name=value, separated by commas; names in lower case.
              </HelperTextItem>
            </HelperText>
          </FormHelperText>
        )}
      </FormGroup>
      <FormGroup label="Valid for" fieldId="token-hours">
        <FormSelect id="token-hours" value={hours} onChange={(_, value) => setHours(Number(value))}>
          {lifetimes.map((each) => (
            <FormSelectOption key={each.hours} value={each.hours} label={each.label} />
          ))}
        </FormSelect>
      </FormGroup>
    </ReasonDialog>
  );
}

function IssuedDialog(props: { issued: IssuedToken; onClose: () => void }) {
  return (
    <Modal isOpen variant="medium" aria-labelledby="issued-title" onClose={props.onClose}>
      <ModalHeader title="The token is shown once" labelId="issued-title" />
      <ModalBody>
        <div className="cordon-stack">
          <Alert variant="warning" isInline title="Copy it now. The server keeps only its hash.">
            For one machine of group {props.issued.group}; it expires{" "}
            <RelativeTime at={props.issued.expiresAt} />.
          </Alert>
          <CopyText label="Enrollment token" text={props.issued.token} />
          <EnrollSteps token={props.issued.token} />
        </div>
      </ModalBody>
      <ModalFooter>
        <Button onClick={props.onClose}>Done</Button>
      </ModalFooter>
    </Modal>
  );
}
