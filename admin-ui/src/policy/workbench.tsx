import { useMemo, useState } from "react";
import type { Schema } from "./schema-completion.ts";
import { completionSource } from "./completion-source.ts";
import { usePolicySchema } from "./policy-api.ts";
import { ProblemsCard } from "./problems-card.tsx";
import { TryIt } from "./try-it.tsx";
import { useValidation } from "./validation.ts";
import { YamlEditor } from "./yaml-editor.tsx";

const none: never[] = [];

/** The editor with what helps writing beside it: problems, completion, trying it out. */
export function Workbench(props: {
  label: string;
  text: string;
  onChange: (text: string) => void;
  validation: ReturnType<typeof useValidation>;
}) {
  const schema = usePolicySchema();
  const complete = useMemo(
    () => (schema.data ? completionSource(schema.data as Schema) : undefined),
    [schema.data],
  );
  const [goTo, setGoTo] = useState<{ line: number; column: number } | null>(null);
  return (
    <div className="cordon-workbench">
      <YamlEditor
        label={props.label}
        value={props.text}
        onChange={props.onChange}
        errors={props.validation.data?.errors ?? none}
        complete={complete}
        goTo={goTo}
      />
      <div className="cordon-stack cordon-workbench__aside">
        <ProblemsCard
          validation={props.validation}
          onGoTo={({ line, column }) => setGoTo({ line, column })}
        />
        <TryIt source={props.text} />
      </div>
    </div>
  );
}
