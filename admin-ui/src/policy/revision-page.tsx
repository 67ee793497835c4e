import { PageSection } from "@patternfly/react-core";
import { useParams, useSearchParams } from "react-router";
import { Facts } from "../ui/facts.tsx";
import { LinkButton } from "../ui/link-button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { AbsoluteTime } from "../ui/time.tsx";
import { policyLink } from "./kinds.ts";
import { useRevision } from "./policy-api.ts";
import { YamlEditor } from "./yaml-editor.tsx";

/** One published text, exactly as it was signed; `?line=` shows and marks a line. */
export function RevisionPage() {
  const params = useParams();
  const name = params["name"]!;
  const number = Number(params["revision"]);
  const [search] = useSearchParams();
  const line = Number(search.get("line")) || undefined;
  const revision = useRevision(name, number);
  return (
    <>
      <PageHeader
        title={`Revision ${number}`}
        trail={[
          { to: "/policies", name: "Policies" },
          { to: policyLink(name), name },
        ]}
        actions={
          <LinkButton to={`${policyLink(name)}/diff?from=${number}`} variant="secondary">
            Compare
          </LinkButton>
        }
      />
      <PageSection hasBodyWrapper={false} isFilled>
        <QueryView query={revision}>
          {(data) => (
            <div className="cordon-stack">
              <Facts
                label="Revision"
                wide
                facts={[
                  ["Published", <AbsoluteTime key="p" at={data.publishedAt} />],
                  ["By", data.author],
                  ["Reason", data.reason],
                  [
                    "Digest",
                    <span key="d" className="cordon-mono">
                      {data.digest}
                    </span>,
                  ],
                ]}
              />
              <YamlEditor
                label={`${name}, revision ${number}`}
                value={data.source}
                readOnly
                markedLine={line}
              />
            </div>
          )}
        </QueryView>
      </PageSection>
    </>
  );
}
