package io.cordon.server.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reference: a map. */
public final class InMemoryInventoryStore implements InventoryStore {

    static final Comparator<Row> ORDER = Comparator.comparing(
                    (Row row) -> row.sighting().user())
            .thenComparing(Row::hostname)
            .thenComparing(row -> row.endpointId().toString())
            .thenComparingInt(Row::number);

    private static final Comparator<Count> FREQUENT = Comparator.comparingLong(Count::endpoints)
            .reversed()
            .thenComparing(Count::agent)
            .thenComparing(Count::version)
            .thenComparing(count -> count.standing().wire())
            .thenComparing(Count::refusal);

    private final FleetStore fleet;
    private final Map<UUID, Reported> reports = new HashMap<>();

    /** @param fleet which has the endpoints */
    public InMemoryInventoryStore(FleetStore fleet) {
        this.fleet = fleet;
    }

    @Override
    public synchronized void replace(UUID endpointId, Inventory inventory, Instant at) {
        if (fleet.find(endpointId).isPresent()) {
            reports.put(endpointId, new Reported(at, inventory));
        }
    }

    @Override
    public synchronized Optional<Reported> find(UUID endpointId) {
        return Optional.ofNullable(reports.get(endpointId));
    }

    @Override
    public synchronized List<Row> agents(AgentQuery query) {
        return matching(query)
                .filter(row -> query.after() == null || isAfter(row, query.after()))
                .limit(query.limit())
                .toList();
    }

    private Stream<Row> matching(AgentQuery query) {
        List<Row> rows = new ArrayList<>();
        reports.forEach((id, reported) -> {
            String hostname = fleet.find(id).orElseThrow().facts().hostname();
            List<AgentSighting> sightings = AgentSighting.of(reported.inventory());
            for (int i = 0; i < sightings.size(); i++) {
                rows.add(new Row(id, hostname, i, sightings.get(i)));
            }
        });
        return rows.stream().filter(row -> matches(row, query)).sorted(ORDER);
    }

    private static boolean matches(Row row, AgentQuery query) {
        AgentSighting sighting = row.sighting();
        return (query.user() == null || query.user().equals(sighting.user()))
                && (query.endpointId() == null || query.endpointId().equals(row.endpointId()))
                && (query.agent() == null || query.agent().equals(sighting.agent()))
                && (query.standing() == null || query.standing() == sighting.standing())
                && (query.version() == null || query.version().equals(sighting.version()))
                && refused(sighting, query.refusal())
                && hasText(row, query.text());
    }

    private static boolean refused(AgentSighting sighting, @Nullable String refusal) {
        return refusal == null
                || (refusal.equals("any") ? !sighting.refusal().isEmpty() : refusal.equals(sighting.refusal()));
    }

    private static boolean hasText(Row row, @Nullable String text) {
        return text == null
                || Stream.of(
                                row.sighting().user(),
                                row.hostname(),
                                row.sighting().title(),
                                row.sighting().path())
                        .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    private static boolean isAfter(Row row, AgentQuery.Position position) {
        AgentSighting any = row.sighting();
        AgentSighting last =
                new AgentSighting(position.user(), any.agent(), any.title(), any.standing(), "", "", "", "", null, 0);
        return ORDER.compare(row, new Row(position.endpointId(), position.hostname(), position.number(), last)) > 0;
    }

    @Override
    public synchronized List<Count> counts(AgentQuery query) {
        record Group(String agent, String title, Standing standing, String version, String refusal) {}
        record Place(UUID endpoint, String user) {}
        Map<Group, Set<Place>> groups = new LinkedHashMap<>();
        matching(query).forEach(row -> {
            AgentSighting each = row.sighting();
            groups.computeIfAbsent(
                            new Group(each.agent(), each.title(), each.standing(), each.version(), each.refusal()),
                            none -> new HashSet<>())
                    .add(new Place(row.endpointId(), each.user()));
        });
        return groups.entrySet().stream()
                .map(group -> new Count(
                        group.getKey().agent(),
                        group.getKey().title(),
                        group.getKey().standing(),
                        group.getKey().version(),
                        group.getKey().refusal(),
                        group.getValue().stream()
                                .map(Place::endpoint)
                                .distinct()
                                .count(),
                        group.getValue().size()))
                .sorted(FREQUENT)
                .limit(query.limit())
                .toList();
    }
}
