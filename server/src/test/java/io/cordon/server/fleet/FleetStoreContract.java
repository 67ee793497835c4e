package io.cordon.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link FleetStore} does. The store may hold endpoints of others; each test marks its own by their group. */
abstract class FleetStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final String group = "contract-" + UUID.randomUUID();

    abstract FleetStore store();

    private Endpoint enroll(String hostname) {
        return store().enroll(new FleetStore.Enrollment(
                UUID.randomUUID(),
                group + hostname,
                new Facts(hostname, "linux", "13", "amd64", "0.1.0"),
                group,
                Map.of("team", "a"),
                NOW));
    }

    private static EffectivePolicy policy(long targets, @Nullable Instant staleSince) {
        return new EffectivePolicy("balanced", 3, "d", "enforce", targets, 1, staleSince, List.of(), List.of("n"));
    }

    private static Report report(@Nullable EffectivePolicy policy, @Nullable Attempt attempt) {
        return new Report(null, null, null, null, policy, attempt, null);
    }

    private static Attempt attempt(int minute, Attempt.Status status, int hash) {
        return new Attempt(NOW.plus(Duration.ofMinutes(minute)), status, status.name(), new byte[] {(byte) hash});
    }

    private List<Endpoint> list(@Nullable EndpointState state, FleetQuery.@Nullable Position after, int limit) {
        return store().list(new FleetQuery(state, group, after, limit, 7, NOW));
    }

    @Test
    void keepsTheIdOfAMachineThatIsKnown() {
        Endpoint first = enroll("alpha");
        store().setDisabled(first.id(), NOW);
        Endpoint again = store().enroll(new FleetStore.Enrollment(
                UUID.randomUUID(),
                group + "alpha",
                new Facts("beta", "linux", "14", "amd64", "0.2.0"),
                group,
                Map.of(),
                NOW.plusSeconds(1)));
        assertEquals(first.id(), again.id());
        assertEquals("beta", again.facts().hostname());
        assertEquals(Map.of(), again.tags());
        assertEquals(NOW, again.disabledAt());
        assertEquals(again, store().find(first.id()).orElseThrow());
    }

    @Test
    void pagesByHostNameAndId() {
        List<UUID> expected = new ArrayList<>();
        for (String name : List.of("Zeta", "alpha", "beta", "gamma")) {
            expected.add(enroll(name).id());
        }
        List<UUID> found = new ArrayList<>();
        FleetQuery.Position after = null;
        for (List<Endpoint> page = list(null, null, 2); !page.isEmpty(); page = list(null, after, 2)) {
            page.forEach(endpoint -> found.add(endpoint.id()));
            Endpoint last = page.get(page.size() - 1);
            after = new FleetQuery.Position(last.facts().hostname(), last.id());
        }
        assertEquals(expected, found);
    }

    @Test
    void findsEachByTheStateThatTheReferenceGivesIt() {
        Map<EndpointState, Endpoint> byState = new EnumMap<>(EndpointState.class);
        for (EndpointState state : EndpointState.values()) {
            byState.put(state, enroll("host-" + state.wire()));
        }
        byState.forEach((state, endpoint) -> {
            if (state != EndpointState.NEVER_SYNCED) {
                Instant stale = state == EndpointState.STALE ? NOW : null;
                store().report(endpoint.id(), report(policy(state == EndpointState.PENDING ? 6 : 7, stale), null));
                store().touch(Map.of(endpoint.id(), NOW.minusSeconds(state == EndpointState.SILENT ? 91 : 90)));
            }
        });
        store().setDisabled(byState.get(EndpointState.DISABLED).id(), NOW);
        store().report(byState.get(EndpointState.REFUSED).id(), report(null, attempt(0, Attempt.Status.FAILED, 1)));
        byState.forEach((state, endpoint) -> {
            List<Endpoint> found = list(state, null, 10);
            assertEquals(
                    List.of(endpoint.id()), found.stream().map(Endpoint::id).toList(), state.wire());
            assertEquals(state, EndpointState.of(found.get(0), 7, NOW));
        });
    }

    @Test
    void knowsWhoseACertificateIsUntilItIsWithdrawn() {
        Endpoint endpoint = enroll("certified");
        String serial = UUID.randomUUID().toString().replace("-", "");
        DeviceCertificate older = new DeviceCertificate("a" + serial, NOW, NOW.plusSeconds(100));
        DeviceCertificate newer = new DeviceCertificate("b" + serial, NOW, NOW.plusSeconds(200));
        store().addCertificate(endpoint.id(), older);
        store().addCertificate(endpoint.id(), newer);
        assertEquals(newer, store().find(endpoint.id()).orElseThrow().certificate());
        assertEquals(
                new FleetStore.Holder(endpoint.id(), false, false, false),
                store().holder(older.serial()).orElseThrow());
        store().withdrawCertificates(endpoint.id());
        assertTrue(store().holder(older.serial()).isEmpty());
        assertTrue(store().holder(newer.serial()).isEmpty());
        assertNull(store().find(endpoint.id()).orElseThrow().certificate());
    }

    @Test
    void supersedesACertificateOnlyOnceALaterOneWasShown() {
        Endpoint endpoint = enroll("superseded");
        String serial = UUID.randomUUID().toString().replace("-", "");
        DeviceCertificate older = new DeviceCertificate("c" + serial, NOW, NOW.plusSeconds(100));
        DeviceCertificate newer = new DeviceCertificate("d" + serial, NOW, NOW.plusSeconds(200));
        store().addCertificate(endpoint.id(), older);
        store().use(older.serial(), NOW);
        store().addCertificate(endpoint.id(), newer);
        assertEquals(
                new FleetStore.Holder(endpoint.id(), false, true, false),
                store().holder(older.serial()).orElseThrow());

        store().use(newer.serial(), NOW.plusSeconds(50));
        assertEquals(
                new FleetStore.Holder(endpoint.id(), false, true, true),
                store().holder(older.serial()).orElseThrow());
        assertEquals(
                new FleetStore.Holder(endpoint.id(), false, true, false),
                store().holder(newer.serial()).orElseThrow());
    }

    @Test
    void forgetsWhatHadEndedWhenALaterCertificateIsShown() {
        Endpoint endpoint = enroll("forgotten");
        String serial = UUID.randomUUID().toString().replace("-", "");
        store().addCertificate(endpoint.id(), new DeviceCertificate("e" + serial, NOW, NOW.plusSeconds(100)));
        store().addCertificate(endpoint.id(), new DeviceCertificate("f" + serial, NOW, NOW.plusSeconds(200)));
        assertTrue(store().holder("e" + serial).isPresent());
        store().use("f" + serial, NOW.plusSeconds(150));
        assertTrue(store().holder("e" + serial).isEmpty());
        assertTrue(store().holder("f" + serial).isPresent());
    }

    @Test
    void neverMovesTheLastContactBack() {
        Endpoint endpoint = enroll("touched");
        store().touch(Map.of(endpoint.id(), NOW));
        store().touch(Map.of(endpoint.id(), NOW.minusSeconds(5)));
        assertEquals(NOW, store().find(endpoint.id()).orElseThrow().lastContactAt());
    }

    @Test
    void leavesWhatAReportDoesNotTell() {
        Endpoint endpoint = enroll("reported");
        Health health = new Health(true, List.of(new Health.Component("spool", true, "")));
        store().report(endpoint.id(), new Report("renamed", null, "0.9", health, policy(5, null), null, null));
        store().report(endpoint.id(), report(null, null));
        Endpoint known = store().find(endpoint.id()).orElseThrow();
        assertEquals(new Facts("renamed", "linux", "13", "amd64", "0.9"), known.facts());
        assertEquals(health, known.health());
        assertEquals(policy(5, null), known.effectivePolicy());
    }

    @Test
    void letsAFailureStandWhenTheEndpointGoesBackToWhatItHad() {
        UUID id = enroll("attempts").id();
        Attempt appliedA = attempt(1, Attempt.Status.APPLIED, 1);
        Attempt failedB = attempt(2, Attempt.Status.FAILED, 2);
        Attempt backToA = attempt(3, Attempt.Status.APPLIED, 1);
        Attempt appliedC = attempt(4, Attempt.Status.APPLIED, 3);
        for (Attempt attempt : List.of(appliedA, failedB, attempt(3, Attempt.Status.FAILED, 2), backToA)) {
            store().report(id, report(null, attempt));
        }
        assertEquals(failedB, store().find(id).orElseThrow().lastAttempt());
        assertEquals(List.of(backToA, failedB, appliedA), store().attempts(id, 10));
        store().report(id, report(null, appliedC));
        assertEquals(appliedC, store().find(id).orElseThrow().lastAttempt());
        assertNotEquals(appliedC, failedB);
    }
}
