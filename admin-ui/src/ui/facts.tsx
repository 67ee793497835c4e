import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from "@patternfly/react-core";
import type { ReactNode } from "react";

export type Fact = [term: string, value: ReactNode];

export function Facts(props: { facts: Fact[]; label: string; wide?: boolean; stacked?: boolean }) {
  return (
    <DescriptionList
      isHorizontal={!props.stacked}
      isCompact
      aria-label={props.label}
      className="cordon-facts"
      columnModifier={props.wide ? { default: "1Col", xl: "2Col" } : undefined}
    >
      {props.facts.map(([term, value]) => (
        <DescriptionListGroup key={term}>
          <DescriptionListTerm>{term}</DescriptionListTerm>
          <DescriptionListDescription>
            {value === null || value === undefined || value === "" ? (
              <span className="cordon-quiet">–</span>
            ) : (
              value
            )}
          </DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}
