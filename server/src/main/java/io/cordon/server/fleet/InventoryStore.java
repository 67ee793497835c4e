package io.cordon.server.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The port of what endpoints report to be on them; {@link InMemoryInventoryStore} is the reference. Each method is atomic. */
public interface InventoryStore {

    /** The last report of an endpoint. */
    record Reported(Instant at, Inventory inventory) {}

    /** A sighting with where it was made. @param number its place in the endpoint's order */
    record Row(UUID endpointId, String hostname, int number, AgentSighting sighting) {}

    /** How often an agent is there in one version and standing. @param users distinct pairs of user and machine */
    record Count(
            String agent,
            String title,
            Standing standing,
            String version,
            String refusal,
            long endpoints,
            long users) {}

    /** Takes the place of the endpoint's report before; does nothing for an endpoint that there is not. */
    void replace(UUID endpointId, Inventory inventory, Instant at);

    Optional<Reported> find(UUID endpointId);

    List<Row> agents(AgentQuery query);

    /** By agent, version, standing and refusal, the most frequent first; the query's page does not count. */
    List<Count> counts(AgentQuery query);
}
