import type { CompletionSource } from "@codemirror/autocomplete";
import { suggest, type Schema } from "./schema-completion.ts";

/** The schema's suggestions as CodeMirror wants them. */
export function completionSource(schema: Schema): CompletionSource {
  return (context) => {
    const word = context.matchBefore(/[\w.-]*/);
    const options = suggest(schema, context.state.doc.toString(), context.pos);
    if (options.length === 0 || (!context.explicit && !word?.text)) {
      return null;
    }
    return {
      from: word?.from ?? context.pos,
      validFor: /^[\w.-]*$/,
      options: options.map(({ label, insert, detail, info }, index) => ({
        label,
        apply: insert,
        detail,
        info: info || undefined,
        boost: -index,
      })),
    };
  };
}
