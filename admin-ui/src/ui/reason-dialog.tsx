import {
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextArea,
} from "@patternfly/react-core";
import { useId, useState, type FormEvent, type ReactNode } from "react";
import { ProblemAlert } from "./problem-alert.tsx";

/** Every change has a reason that goes into the audit log; this is where it is asked for. */
export function ReasonDialog(props: {
  title: string;
  action: string;
  danger?: boolean;
  children?: ReactNode;
  /** Whether what stands in `children` is complete. */
  ready?: boolean;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const complete = reason.trim().length > 0 && props.ready !== false;

  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    if (!complete || busy) {
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await props.onConfirm(reason.trim());
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal isOpen variant="small" onClose={props.onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={props.title} labelId={`${id}-title`} />
      <ModalBody>
        <Form id={`${id}-form`} onSubmit={(event) => void confirm(event)}>
          {error !== null && <ProblemAlert error={error} />}
          {props.children}
          <FormGroup label="Reason" isRequired fieldId={`${id}-reason`}>
            <TextArea
              id={`${id}-reason`}
              value={reason}
              isRequired
              autoFocus={!props.children}
              resizeOrientation="vertical"
              onChange={(_, value) => setReason(value)}
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>Kept in the audit log with your name.</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={`${id}-form`}
          variant={props.danger ? "danger" : "primary"}
          isDisabled={!complete || busy}
          isLoading={busy}
        >
          {props.action}
        </Button>
        <Button variant="link" onClick={props.onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
