import {
  Button,
  Card,
  CardBody,
  CardTitle,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  TextInput,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { Evaluation } from "../api/types.ts";
import { DecisionLabel } from "../ui/decision-label.tsx";
import { ProblemAlert } from "../ui/problem-alert.tsx";
import { evaluate, type Question } from "./policy-api.ts";
import { splitHost, splitWords } from "./words.ts";

type Subject = "command" | "path" | "host";

const subjects: Record<Subject, { name: string; example: string }> = {
  command: { name: "Command", example: "git push --force origin main" },
  path: { name: "Path", example: "~/.ssh/id_ed25519" },
  host: { name: "Host", example: "registry.npmjs.org:443" },
};

/** Asks what the text in the editor, saved or not, would decide. */
export function TryIt({ source }: { source: string }) {
  const [subject, setSubject] = useState<Subject>("command");
  const [text, setText] = useState<Record<Subject, string>>({ command: "", path: "", host: "" });
  const [access, setAccess] = useState("read");
  const ask = useMutation({ mutationFn: evaluate });
  const asked = question(subject, text[subject], access, source);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (asked) {
      ask.mutate(asked);
    }
  };
  return (
    <Card isCompact>
      <CardTitle component="h2">Try it</CardTitle>
      <CardBody>
        <Form onSubmit={submit}>
          <ToggleGroup aria-label="What to try">
            {(Object.keys(subjects) as Subject[]).map((each) => (
              <ToggleGroupItem
                key={each}
                text={subjects[each].name}
                isSelected={each === subject}
                onChange={() => {
                  setSubject(each);
                  ask.reset();
                }}
              />
            ))}
          </ToggleGroup>
          <FormGroup label={subjects[subject].name} fieldId="try-text">
            <TextInput
              id="try-text"
              value={text[subject]}
              placeholder={subjects[subject].example}
              className="cordon-mono"
              onChange={(_, value) => setText({ ...text, [subject]: value })}
            />
          </FormGroup>
          {subject === "path" && (
            <FormGroup label="Access" fieldId="try-access">
              <FormSelect id="try-access" value={access} onChange={(_, value) => setAccess(value)}>
                <FormSelectOption value="read" label="Read" />
                <FormSelectOption value="write" label="Write" />
              </FormSelect>
            </FormGroup>
          )}
          <div>
            <Button type="submit" variant="secondary" isDisabled={!asked} isLoading={ask.isPending}>
              Evaluate
            </Button>
          </div>
          <div aria-live="polite">
            {ask.isError && <ProblemAlert error={ask.error} />}
            {ask.data && <Answer evaluation={ask.data} />}
          </div>
        </Form>
      </CardBody>
    </Card>
  );
}

function Answer({ evaluation }: { evaluation: Evaluation }) {
  return (
    <div className="cordon-stack">
      <span className="cordon-inline">
        <DecisionLabel decision={evaluation.decision} />
        <span>
          by <span className="cordon-mono">{evaluation.rule}</span>
        </span>
      </span>
      <span>{evaluation.reason}</span>
    </div>
  );
}

function question(subject: Subject, text: string, access: string, source: string): Question | null {
  switch (subject) {
    case "command": {
      const command = splitWords(text);
      return command && command.length > 0 ? { source, command } : null;
    }
    case "path":
      return text.trim() ? { source, path: text.trim(), access } : null;
    case "host": {
      const target = splitHost(text);
      return target && { source, ...target };
    }
  }
}
