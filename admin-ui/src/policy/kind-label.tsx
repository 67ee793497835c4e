import { Label } from "@patternfly/react-core";
import type { DocumentKind } from "../api/types.ts";
import { kindWords } from "./kinds.ts";

export function KindLabel({ kind }: { kind: DocumentKind }) {
  const { word, color } = kindWords[kind];
  return (
    <Label isCompact color={color}>
      {word}
    </Label>
  );
}
