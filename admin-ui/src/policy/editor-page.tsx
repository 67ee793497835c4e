import { PageSection } from "@patternfly/react-core";
import { useParams } from "react-router";
import { PageHeader } from "../ui/page-header.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { Editor } from "./editor.tsx";
import { policyLink } from "./kinds.ts";
import { newestFirst } from "./merge.ts";
import { usePolicy, useRevision } from "./policy-api.ts";

/** Loads what is edited: the draft, or the newest published text when there is none. */
export function EditorPage() {
  const name = useParams()["name"]!;
  const policy = usePolicy(name);
  const newest =
    policy.data && !policy.data.draft ? newestFirst(policy.data.revisions)[0] : undefined;
  const revision = useRevision(name, newest?.revision ?? null);

  if (policy.data?.draft) {
    return <Editor key={name} policy={policy.data} start={policy.data.draft.source} />;
  }
  if (policy.data && (revision.data || !newest)) {
    return <Editor key={name} policy={policy.data} start={revision.data?.source ?? ""} />;
  }
  return (
    <>
      <PageHeader
        title="Edit"
        trail={[
          { to: "/policies", name: "Policies" },
          { to: policyLink(name), name },
        ]}
      />
      <PageSection hasBodyWrapper={false}>
        {policy.data ? (
          <QueryView query={revision}>{() => null}</QueryView>
        ) : (
          <QueryView query={policy}>{() => null}</QueryView>
        )}
      </PageSection>
    </>
  );
}
