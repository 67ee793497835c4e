import type { CompletionSource } from "@codemirror/autocomplete";
import { linter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { DocumentError } from "../api/problem.ts";
import { reading, readOnly, writing } from "./editor-setup.ts";

export interface YamlEditorProps {
  label: string;
  value: string;
  onChange?: (value: string) => void;
  readOnly?: boolean;
  /** Line (from 1) to show and mark. */
  markedLine?: number;
  errors?: DocumentError[];
  complete?: CompletionSource;
  /** Set to a line to move the cursor there; a new object moves it again. */
  goTo?: { line: number; column: number } | null;
}

/** CodeMirror as a controlled component. A `value` that differs from the text replaces it; typing goes out by `onChange`. */
export function YamlEditor(props: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  useLayoutEffect(() => {
    const { current } = latest;
    const complete: CompletionSource = (context) => latest.current.complete?.(context) ?? null;
    view.current = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: current.value,
        extensions: [
          reading(current.label),
          current.readOnly ? readOnly() : writing(),
          current.markedLine ? marked(current.markedLine) : [],
          linter(null),
          EditorState.languageData.of(() => [{ autocomplete: complete }]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              latest.current.onChange?.(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    return () => view.current?.destroy();
  }, [props.label, props.readOnly]);

  // At the commit itself: a moment later the next letter may be typed, and a value of before it would take it back.
  useLayoutEffect(() => {
    const editor = view.current!;
    if (editor.state.doc.toString() !== props.value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } });
    }
  }, [props.value]);

  useEffect(() => {
    const editor = view.current!;
    editor.dispatch(setDiagnostics(editor.state, diagnostics(editor.state, props.errors ?? [])));
  }, [props.errors]);

  useEffect(() => {
    const editor = view.current!;
    if (props.markedLine && props.markedLine <= editor.state.doc.lines) {
      const from = editor.state.doc.line(props.markedLine).from;
      editor.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: "center" }),
      });
    }
  }, [props.markedLine]);

  useEffect(() => {
    const editor = view.current!;
    if (props.goTo) {
      const anchor = position(editor.state, props.goTo.line, props.goTo.column);
      editor.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
      editor.focus();
    }
  }, [props.goTo]);

  return (
    <div ref={host} className="cordon-editor" data-readonly={props.readOnly ? "" : undefined} />
  );
}

function diagnostics(state: EditorState, errors: DocumentError[]): Diagnostic[] {
  return errors
    .map((error): Diagnostic => {
      const from = position(state, error.line, error.column);
      return {
        from,
        to: Math.max(from, state.doc.lineAt(from).to),
        severity: "error",
        message: error.remedy ? `${error.message}\n${error.remedy}` : error.message,
      };
    })
    .toSorted((a, b) => a.from - b.from);
}

/** Lines and columns count from 1; what lies behind the text is its end. */
function position(state: EditorState, line: number, column: number): number {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  return Math.min(at.from + Math.max(column - 1, 0), at.to);
}

function marked(line: number) {
  return EditorView.decorations.compute([], (state) =>
    line <= state.doc.lines
      ? Decoration.set([
          Decoration.line({ class: "cm-marked-line" }).range(state.doc.line(line).from),
        ])
      : Decoration.none,
  );
}
