import { MergeView } from "@codemirror/merge";
import { EditorView } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef } from "react";
import { reading, readOnly, writing } from "./editor-setup.ts";

/** Two texts side by side. With `onChange` the right one can be edited, and changes taken over from the left. */
export function DiffView(props: {
  left: string;
  right: string;
  leftLabel: string;
  rightLabel: string;
  onChange?: (right: string) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const { left, right, leftLabel, rightLabel } = props;
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const editable = props.onChange !== undefined;
  // While it is edited here the right text lives in the editor; only another document makes a new view.
  const fixedRight = editable ? null : right;

  useEffect(() => {
    const view = new MergeView({
      parent: host.current!,
      a: { doc: left, extensions: [reading(leftLabel), readOnly()] },
      b: {
        doc: latest.current.right,
        extensions: [
          reading(rightLabel),
          editable ? writing() : readOnly(),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              latest.current.onChange?.(update.state.doc.toString());
            }
          }),
        ],
      },
      revertControls: editable ? "a-to-b" : undefined,
      collapseUnchanged: { margin: 4, minSize: 8 },
      highlightChanges: true,
      gutter: true,
    });
    return () => view.destroy();
  }, [left, fixedRight, leftLabel, rightLabel, editable]);

  return (
    <div className="cordon-diff">
      <div className="cordon-diff__labels" aria-hidden="true">
        <span>{leftLabel}</span>
        <span>{rightLabel}</span>
      </div>
      <div ref={host} className="cordon-editor" />
    </div>
  );
}
