import { useEndpoints } from "../fleet/fleet-api.ts";
import { ChoiceFilter } from "../ui/filter-bar.tsx";
import { useFilters } from "../ui/url-state.ts";

/** Endpoints by name. One that is not among the first 200 can still be in the URL, from a link. */
export function EndpointFilter() {
  const { of } = useFilters();
  const endpoints = useEndpoints({ q: "", state: "", cursor: "", limit: 200 });
  const choices = (endpoints.data?.items ?? []).map(({ id, hostname }) => ({
    value: id,
    label: hostname,
  }));
  const chosen = of("endpoint");
  if (chosen && !choices.some(({ value }) => value === chosen)) {
    choices.push({ value: chosen, label: chosen });
  }
  return <ChoiceFilter name="endpoint" label="Endpoint" any="Any endpoint" choices={choices} />;
}
