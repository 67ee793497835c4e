import { useCallback, useState } from "react";
import { Problem } from "../api/problem.ts";
import type { Draft, PolicyDetail } from "../api/types.ts";
import { expectedRevision } from "./merge.ts";
import { fetchPolicy, usePolicyChanges } from "./policy-api.ts";
import { dropUnsaved, keepUnsaved, readUnsaved } from "./unsaved.ts";

/** Somebody else saved first: their text, and the number a merged one must be based on. */
export interface Conflict {
  theirs: string;
  by: string;
  revision: number;
}

/** The text being edited, what the server has, and what stands between them. */
export function useDraft(policy: PolicyDetail, start: string) {
  const [kept] = useState(() => readUnsaved(policy.name));
  const [text, setText] = useState(kept?.text ?? start);
  const [saved, setSaved] = useState({ source: start, revision: expectedRevision(policy) });
  const [basedOn, setBasedOn] = useState(kept?.basedOn ?? expectedRevision(policy));
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const changes = usePolicyChanges(policy.name);
  const dirty = text !== saved.source;

  const change = useCallback(
    (next: string) => {
      setText(next);
      if (next === saved.source) {
        dropUnsaved(policy.name);
      } else {
        keepUnsaved(policy.name, { text: next, basedOn });
      }
    },
    [policy.name, saved.source, basedOn],
  );

  /** Saves; answers false when somebody else was first, and then `conflict` says what they wrote. */
  const save = async (reason: string): Promise<boolean> => {
    const source = text;
    let draft: Draft;
    try {
      draft = await changes.save.mutateAsync({
        source,
        reason,
        expectedRevision: conflict?.revision ?? basedOn,
      });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "policy.revision-conflict") {
        throw error;
      }
      const theirs = await fetchPolicy(policy.name);
      setConflict({
        theirs: theirs.draft?.source ?? "",
        by: theirs.draft?.author ?? "somebody else",
        revision: expectedRevision(theirs),
      });
      return false;
    }
    setSaved({ source, revision: draft.revision });
    setBasedOn(draft.revision);
    setConflict(null);
    dropUnsaved(policy.name);
    return true;
  };

  const publish = async (reason: string) => {
    const result = await changes.publish.mutateAsync({ reason, expectedRevision: saved.revision });
    dropUnsaved(policy.name);
    return result;
  };

  const discard = async (reason: string) => {
    await changes.discard.mutateAsync({ reason, expectedRevision: saved.revision });
    dropUnsaved(policy.name);
  };

  const revert = () => change(saved.source);

  return {
    text,
    change,
    dirty,
    restored: kept !== null,
    conflict,
    save,
    publish,
    discard,
    revert,
    saved,
  };
}
