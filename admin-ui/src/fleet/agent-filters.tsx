import { EndpointFilter } from "../investigation/endpoint-filter.tsx";
import { ChoiceFilter } from "../ui/filter-bar.tsx";
import { useFilters } from "../ui/url-state.ts";
import { agentChoices, refusals, standings } from "./coding-agents.ts";
import type { CodingAgentFilter } from "./fleet-api.ts";

/** What the URL asks of coding agents. */
export function useAgentFilter(): CodingAgentFilter {
  const { of } = useFilters();
  return {
    q: of("q"),
    user: of("user"),
    endpoint: of("endpoint"),
    agent: of("agent"),
    standing: of("standing"),
    refusal: of("refusal"),
    version: of("version"),
  };
}

export function AgentChoices() {
  return (
    <>
      <EndpointFilter />
      <ChoiceFilter name="agent" label="Agent" any="Any agent" choices={agentChoices} />
      <ChoiceFilter
        name="standing"
        label="Standing"
        any="Any standing"
        choices={Object.entries(standings).map(([value, { word }]) => ({ value, label: word }))}
      />
      <ChoiceFilter
        name="refusal"
        label="May run"
        any="May run or not"
        choices={[
          { value: "any", label: "May not run" },
          ...Object.entries(refusals).map(([value, { word }]) => ({ value, label: word })),
        ]}
      />
    </>
  );
}
