import {
  Card,
  CardBody,
  CardFooter,
  CardTitle,
  ExpandableSection,
  PageSection,
} from "@patternfly/react-core";
import { useNavigate } from "react-router";
import { useMay } from "../access/session.ts";
import type { Baseline } from "../api/types.ts";
import { ActionButton } from "../ui/action-button.tsx";
import { QueryView } from "../ui/query-view.tsx";
import { PoliciesHeader } from "./policies-page.tsx";
import { useBaselines } from "./policy-api.ts";

export function LibraryPage() {
  const baselines = useBaselines();
  return (
    <>
      <PoliciesHeader />
      <PageSection hasBodyWrapper={false} isFilled>
        <QueryView query={baselines}>
          {(items) => (
            <div className="cordon-columns">
              {items.map((baseline) => (
                <BaselineCard key={baseline.name} baseline={baseline} />
              ))}
            </div>
          )}
        </QueryView>
      </PageSection>
    </>
  );
}

function BaselineCard({ baseline }: { baseline: Baseline }) {
  const navigate = useNavigate();
  const verdict = useMay("policy.write");
  return (
    <Card isCompact>
      <CardTitle component="h2">
        {baseline.title} <span className="cordon-quiet cordon-mono">{baseline.name}</span>
      </CardTitle>
      <CardBody>
        <p>{baseline.intent}</p>
        <ExpandableSection toggleText="Source" isIndented={false}>
          <pre
            className="cordon-block cordon-code"
            tabIndex={0}
            aria-label={`Source of ${baseline.name}`}
          >
            {baseline.source}
          </pre>
        </ExpandableSection>
      </CardBody>
      <CardFooter>
        <ActionButton
          verdict={verdict}
          variant="secondary"
          aria-label={`Use as a start: ${baseline.title}`}
          onClick={() => void navigate(`/policies/new?from=${encodeURIComponent(baseline.name)}`)}
        >
          Use as a start
        </ActionButton>
      </CardFooter>
    </Card>
  );
}
