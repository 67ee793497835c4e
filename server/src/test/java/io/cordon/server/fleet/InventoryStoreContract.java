package io.cordon.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link InventoryStore} does. The store may hold endpoints of others; each test marks its own agents by their name. */
abstract class InventoryStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    abstract InventoryStore store();

    abstract FleetStore fleet();

    private UUID enroll(String hostname) {
        return fleet().enroll(new FleetStore.Enrollment(
                        UUID.randomUUID(),
                        mark + hostname,
                        new Facts(hostname, "linux", "13", "amd64", "0.1.0"),
                        "inventory",
                        Map.of(),
                        NOW))
                .id();
    }

    private Inventory.Installation installed(String agent, Standing standing, String version, String owner) {
        return new Inventory.Installation(
                mark + agent,
                "The " + agent,
                standing,
                version,
                "npm",
                "/" + owner + "/" + agent + "/" + version,
                owner,
                "ab".repeat(32),
                7,
                NOW,
                standing == Standing.UNKNOWN ? "unlisted" : version.equals("0.1") ? "too-old" : "");
    }

    private Inventory.Use use(String agent, String user, int running) {
        return new Inventory.Use(mark + agent, "The " + agent, Standing.MANAGED, user, NOW, running);
    }

    private static Inventory inventory(List<Inventory.Installation> installations, List<Inventory.Use> uses) {
        return new Inventory(installations, uses, List.of(), List.of(), List.of(), List.of());
    }

    private static final AgentQuery ALL = new AgentQuery(null, null, null, null, null, null, null, null, 100);

    private List<String> rows(AgentQuery query) {
        return store().agents(query).stream()
                .filter(row -> row.sighting().agent().startsWith(mark))
                .map(row -> row.sighting().user() + "@" + row.hostname() + " "
                        + row.sighting().agent().substring(mark.length()) + " "
                        + row.sighting().version())
                .toList();
    }

    private AgentQuery of(UUID endpoint) {
        return new AgentQuery(null, null, endpoint, null, null, null, null, null, 100);
    }

    @Test
    void givesAReportBackAndReplacesTheOneBefore() {
        UUID endpoint = enroll("replaced");
        assertTrue(store().find(endpoint).isEmpty());
        Inventory first = new Inventory(
                List.of(installed("codex", Standing.MANAGED, "1.0", "anna")),
                List.of(use("codex", "anna", 2)),
                List.of(new Inventory.McpServer(
                        "codex", "anna", "docs", List.of("npx", "docs"), "", List.of("KEY"), "user", "/f", false)),
                List.of(new Inventory.Settings(
                        "codex", List.of(new Inventory.SettingsFile("/etc/x", "cd", "gone")), List.of("limit"))),
                List.of(new Inventory.Drift("codex", NOW, "/etc/x", "-a\n+b")),
                List.of("a problem"));
        store().replace(endpoint, first, NOW);
        assertEquals(
                new InventoryStore.Reported(NOW, first), store().find(endpoint).orElseThrow());
        assertEquals(List.of("anna@replaced codex 1.0"), rows(of(endpoint)));
        store().replace(
                        endpoint,
                        inventory(List.of(installed("crush", Standing.UNKNOWN, "2.0", "anna")), List.of()),
                        NOW.plusSeconds(1));
        assertEquals(List.of("anna@replaced crush 2.0"), rows(of(endpoint)));
        assertEquals(NOW.plusSeconds(1), store().find(endpoint).orElseThrow().at());
    }

    @Test
    void keepsNothingOfAnEndpointThatThereIsNot() {
        UUID nobody = UUID.randomUUID();
        store().replace(nobody, inventory(List.of(), List.of()), NOW);
        assertTrue(store().find(nobody).isEmpty());
    }

    @Test
    void tellsUserByMachineByAgent() {
        UUID endpoint = enroll("shared");
        store().replace(
                        endpoint,
                        inventory(
                                List.of(
                                        installed("codex", Standing.MANAGED, "1.0", ""),
                                        installed("codex", Standing.MANAGED, "2.0", "anna"),
                                        installed("gemini", Standing.UNMANAGED, "3.0", "")),
                                List.of(use("codex", "anna", 1), use("codex", "boris", 0), use("copilot", "carla", 3))),
                        NOW);
        assertEquals(
                List.of(
                        "@shared gemini 3.0",
                        "anna@shared codex 2.0",
                        "boris@shared codex 1.0",
                        "carla@shared copilot "),
                rows(of(endpoint)));
        AgentSighting carla = store().agents(of(endpoint)).get(3).sighting();
        assertEquals(3, carla.running());
        assertEquals(NOW, carla.lastUsed());
        assertEquals("", carla.path());
    }

    @Test
    void findsByEveryFilter() {
        UUID one = enroll("filter-one");
        UUID other = enroll("filter-two");
        store().replace(
                        one,
                        inventory(
                                List.of(
                                        installed("codex", Standing.MANAGED, "0.1", "anna"),
                                        installed("crush", Standing.UNKNOWN, "1.0", "boris")),
                                List.of()),
                        NOW);
        store().replace(
                        other,
                        inventory(List.of(installed("codex", Standing.UNMANAGED, "0.2", "anna")), List.of()),
                        NOW);
        String tooOld = "anna@filter-one codex 0.1";
        String crush = "boris@filter-one crush 1.0";
        String newer = "anna@filter-two codex 0.2";
        assertEquals(List.of(tooOld, newer, crush), rows(ALL));
        assertEquals(List.of(newer), rows(of(other)));
        assertEquals(
                List.of(tooOld, newer), rows(new AgentQuery(null, "anna", null, null, null, null, null, null, 100)));
        assertEquals(
                List.of(crush), rows(new AgentQuery(null, null, null, mark + "crush", null, null, null, null, 100)));
        assertEquals(
                List.of(newer),
                rows(new AgentQuery(null, null, null, null, Standing.UNMANAGED, null, null, null, 100)));
        assertEquals(List.of(tooOld), rows(new AgentQuery(null, null, null, null, null, "too-old", null, null, 100)));
        assertEquals(
                List.of(tooOld, crush), rows(new AgentQuery(null, null, null, null, null, "any", null, null, 100)));
        assertEquals(List.of(newer), rows(new AgentQuery(null, null, null, null, null, null, "0.2", null, 100)));
        assertEquals(
                List.of(tooOld, crush),
                rows(new AgentQuery("FILTER-ONE", null, null, null, null, null, null, null, 100)));
        assertEquals(List.of(crush), rows(new AgentQuery("boris/cr", null, null, null, null, null, null, null, 100)));
        assertEquals(List.of(), rows(new AgentQuery("%_", null, null, null, null, null, null, null, 100)));
    }

    @Test
    void pagesInOneOrder() {
        List<Inventory.Installation> many = new ArrayList<>();
        for (String owner : List.of("", "Zoe", "anna", "boris")) {
            for (String version : List.of("1.0", "2.0")) {
                many.add(installed("codex", Standing.MANAGED, version, owner));
            }
        }
        for (String host : List.of("b-host", "Z-host", "a-host")) {
            store().replace(enroll(host), inventory(many, List.of()), NOW);
        }
        UnaryOperator<AgentQuery> own = query ->
                new AgentQuery(null, null, null, mark + "codex", null, null, null, query.after(), query.limit());
        List<InventoryStore.Row> expected = store().agents(own.apply(ALL));
        assertEquals(24, expected.size());
        assertEquals("Z-host", expected.get(0).hostname());
        List<InventoryStore.Row> found = new ArrayList<>();
        AgentQuery.@Nullable Position after = null;
        for (List<InventoryStore.Row> page = page(own, null); !page.isEmpty(); page = page(own, after)) {
            found.addAll(page);
            InventoryStore.Row last = page.get(page.size() - 1);
            after = new AgentQuery.Position(last.sighting().user(), last.hostname(), last.endpointId(), last.number());
        }
        assertEquals(expected, found);
    }

    private List<InventoryStore.Row> page(UnaryOperator<AgentQuery> own, AgentQuery.@Nullable Position after) {
        return store().agents(own.apply(new AgentQuery(null, null, null, null, null, null, null, after, 5)));
    }

    @Test
    void countsMachinesAndUsersByVersion() {
        List<Inventory.Installation> two = List.of(
                installed("codex", Standing.MANAGED, "1.0", "anna"),
                installed("codex", Standing.MANAGED, "1.0", "boris"));
        store().replace(enroll("count-one"), inventory(two, List.of()), NOW);
        store().replace(
                        enroll("count-two"),
                        inventory(
                                List.of(
                                        installed("codex", Standing.MANAGED, "1.0", "anna"),
                                        installed("codex", Standing.MANAGED, "0.1", "anna")),
                                List.of()),
                        NOW);
        AgentQuery codex = new AgentQuery(null, null, null, mark + "codex", null, null, null, null, 10);
        assertEquals(
                List.of(
                        new InventoryStore.Count(mark + "codex", "The codex", Standing.MANAGED, "1.0", "", 2, 3),
                        new InventoryStore.Count(
                                mark + "codex", "The codex", Standing.MANAGED, "0.1", "too-old", 1, 1)),
                store().counts(codex));
        AgentQuery tooOld = new AgentQuery(null, null, null, mark + "codex", null, "too-old", null, null, 10);
        assertEquals(1, store().counts(tooOld).size());
    }

    @Test
    void isBoundedWhateverAnEndpointSays() {
        List<Inventory.Use> users = new ArrayList<>();
        List<Inventory.Installation> installations = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            users.add(use("codex", "user" + i, 0));
            installations.add(installed("codex", Standing.MANAGED, "1." + i, ""));
        }
        UUID endpoint = enroll("bounded");
        store().replace(endpoint, inventory(installations, users), NOW);
        assertEquals(
                2000,
                store().agents(new AgentQuery(null, null, endpoint, null, null, null, null, null, 5000))
                        .size());
    }
}
