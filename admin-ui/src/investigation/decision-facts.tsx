import { Title } from "@patternfly/react-core";
import type { Span } from "../api/types.ts";
import { PolicyVersion } from "../fleet/policy-version.tsx";
import { Facts, type Fact } from "../ui/facts.tsx";
import { plainValue } from "../ui/format.ts";

/** What was decided, by which rule of which policy, and how it ended: the attributes a reader looks for first. */
export function DecisionFacts({ span }: { span: Span }) {
  const text = (name: string) => {
    const value = span.attributes[`cordon.${name}`];
    return value === undefined || value === null || value === "" ? null : plainValue(value);
  };
  const version = Number(text("policy.version") ?? Number.NaN);
  const exit = span.attributes["process.exit.code"];
  const limits = span.attributes["cordon.limits_hit"];
  const known: [string, Fact[1]][] = [
    [
      "Rule",
      text("rule") && (
        <span key="r" className="cordon-mono">
          {text("rule")}
        </span>
      ),
    ],
    ["Reason", text("reason")],
    [
      "Policy",
      text("policy.name") && (
        <PolicyVersion
          key="p"
          name={text("policy.name")}
          version={Number.isFinite(version) ? version : null}
        />
      ),
    ],
    ["Stated reason", text("stated_reason")],
    ["Outcome", text("outcome")],
    ["Exit status", typeof exit === "number" ? String(exit) : null],
    ["Limits reached", Array.isArray(limits) && limits.length > 0 ? limits.join(", ") : null],
  ];
  const facts = known.filter(([, value]) => value !== null);
  return facts.length === 0 ? null : (
    <section className="cordon-stack">
      <Title headingLevel="h3" size="md">
        {text("decision") ? "Decision and result" : "Result"}
      </Title>
      <Facts label="Decision" facts={facts} />
    </section>
  );
}
