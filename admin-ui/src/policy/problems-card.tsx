import { Button, Card, CardBody, CardTitle, Label } from "@patternfly/react-core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { DocumentError } from "../api/problem.ts";
import type { Validation } from "../api/types.ts";
import { ProblemAlert } from "../ui/problem-alert.tsx";

/** The markers of the editor as a list, which a keyboard and a screen reader get through faster. */
export function ProblemsCard(props: {
  validation: UseQueryResult<Validation>;
  onGoTo: (error: DocumentError) => void;
}) {
  const { data, error, isError, refetch } = props.validation;
  return (
    <Card isCompact>
      <CardTitle component="h2">
        <span className="cordon-inline">
          Problems
          {data && (
            <Label isCompact status={data.valid ? "success" : "danger"}>
              {data.valid ? "Valid" : data.errors.length}
            </Label>
          )}
        </span>
      </CardTitle>
      <CardBody aria-live="polite">
        {isError && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {data?.valid && <p className="cordon-quiet">None. This text can be published.</p>}
        {data && !data.valid && (
          <ul className="cordon-problems" aria-label="Problems">
            {data.errors.map((each) => (
              <li key={`${each.line}:${each.column} ${each.message}`}>
                <Button variant="link" isInline onClick={() => props.onGoTo(each)}>
                  Line {each.line}
                </Button>{" "}
                {each.message}
                {each.remedy && <div className="cordon-quiet">{each.remedy}</div>}
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
