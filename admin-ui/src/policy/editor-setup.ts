import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** PatternFly's tokens, so that one style serves both themes; the two syntax colours follow by `light-dark()`. */
const look = EditorView.theme({
  "&": {
    backgroundColor: "var(--pf-t--global--background--color--primary--default)",
    color: "var(--pf-t--global--text--color--regular)",
    fontSize: "0.875rem",
  },
  "&.cm-focused": {
    outline: "2px solid var(--pf-t--global--color--brand--default)",
    outlineOffset: "-1px",
  },
  ".cm-content": {
    fontFamily: "var(--pf-t--global--font--family--mono)",
    caretColor: "var(--pf-t--global--text--color--regular)",
  },
  ".cm-cursor": { borderLeftColor: "var(--pf-t--global--text--color--regular)" },
  ".cm-gutters": {
    backgroundColor: "var(--pf-t--global--background--color--secondary--default)",
    color: "var(--pf-t--global--text--color--subtle)",
    borderRight: "1px solid var(--pf-t--global--border--color--default)",
    fontFamily: "var(--pf-t--global--font--family--mono)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "var(--pf-t--global--background--color--action--plain--hover)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    {
      backgroundColor: "light-dark(#b9dafc, #1f4b7a)",
    },
  ".cm-selectionMatch": { backgroundColor: "light-dark(#e0f0ff, #24384d)" },
  ".cm-tooltip": {
    backgroundColor: "var(--pf-t--global--background--color--floating--default)",
    color: "var(--pf-t--global--text--color--regular)",
    border: "1px solid var(--pf-t--global--border--color--default)",
    borderRadius: "var(--pf-t--global--border--radius--small)",
    boxShadow: "var(--pf-t--global--box-shadow--md)",
    maxWidth: "34rem",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--pf-t--global--color--brand--default)",
    color: "var(--pf-t--global--text--color--on-brand--default)",
  },
  ".cm-completionInfo": { maxWidth: "24rem", padding: "0.5rem" },
  ".cm-diagnostic": { padding: "0.5rem 0.75rem", whiteSpace: "pre-wrap" },
  ".cm-panels": {
    backgroundColor: "var(--pf-t--global--background--color--secondary--default)",
    color: "var(--pf-t--global--text--color--regular)",
  },
  ".cm-marked-line": { backgroundColor: "light-dark(#fff3b8, #4a3d00)" },
});

const colors = HighlightStyle.define([
  {
    tag: [tags.propertyName, tags.definition(tags.propertyName)],
    color: "light-dark(#00479b, #92c5f9)",
  },
  { tag: [tags.string, tags.content], color: "light-dark(#204d00, #afdc8f)" },
  { tag: [tags.number, tags.bool, tags.null], color: "light-dark(#7d1007, #f9b49f)" },
  { tag: tags.comment, color: "light-dark(#5a5a5a, #a3a3a3)", fontStyle: "italic" },
  { tag: [tags.meta, tags.keyword, tags.labelName], color: "light-dark(#5e40be, #cbc1ff)" },
]);

export function reading(label: string): Extension {
  return [
    lineNumbers(),
    foldGutter(),
    drawSelection(),
    yaml(),
    look,
    syntaxHighlighting(colors),
    search({ top: true }),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    keymap.of([...searchKeymap, ...foldKeymap]),
  ];
}

/** Tab leaves the editor: who works by keyboard alone must get out of it. Indenting is Mod-] and Mod-[. */
export function writing(): Extension {
  return [
    history(),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    lintGutter(),
    autocompletion({ activateOnTyping: true, icons: false }),
    keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap, ...completionKeymap]),
  ];
}

export function readOnly(): Extension {
  // Focusable, so that it can be scrolled and searched by keyboard, but nothing can be typed.
  return [EditorState.readOnly.of(true), EditorView.editable.of(false)];
}
