package io.cordon.agent.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.testing.FleetServer;
import io.cordon.agent.testing.MutableClock;
import io.cordon.agent.testing.TestAuthority;
import io.cordon.agent.testing.TestRepository;
import io.cordon.agent.testing.TestSecrets;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CertificateRenewalTest {
    private final TestAuthority authority = new TestAuthority("fleet");
    private final MutableClock clock = new MutableClock();
    private final EnrollmentDesk desk = new EnrollmentDesk(authority, new TestRepository(clock));
    private final TestSecrets secrets = new TestSecrets();
    private final IdentityStore store = new IdentityStore(secrets);
    private final FleetServer server;
    private final ServerConnection connection;
    private final CertificateRenewal renewal;

    CertificateRenewalTest() throws Exception {
        server = new FleetServer(authority);
        connection =
                new ServerConnection(EnrollmentDesk.enrolled(server, authority, store), TimeLimits.standard(), clock);
        renewal = new CertificateRenewal(store, connection, clock, new Random(1));
    }

    @BeforeEach
    void openDesk() {
        server.on(CertificateRenewal.PATH, desk::renew);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private BigInteger serial() {
        return connection.identity().certificate().leaf().getSerialNumber();
    }

    @Test
    void isDueAroundHalfLife() {
        DeviceCertificate certificate = connection.identity().certificate();
        Duration life = Duration.between(certificate.notBefore(), certificate.notAfter());
        for (int seed = 0; seed < 100; seed++) {
            var due = new CertificateRenewal(store, connection, clock, new Random(seed)).due();
            assertTrue(due.isAfter(certificate
                    .notBefore()
                    .plus(life.multipliedBy(4).dividedBy(10).minusSeconds(1))));
            assertTrue(due.isBefore(certificate
                    .notBefore()
                    .plus(life.multipliedBy(6).dividedBy(10).plusSeconds(1))));
        }
    }

    @Test
    void newCertificateIsStoredAndShownToTheServer() throws Exception {
        BigInteger before = serial();
        AtomicReference<BigInteger> shown = new AtomicReference<>();
        server.on("/probe", exchange -> {
            shown.set(FleetServer.client(exchange).orElseThrow().getSerialNumber());
            FleetServer.reply(exchange, 200, "text/plain", "ok");
        });
        connection.get("/probe", 100);
        assertEquals(before, shown.get());

        assertInstanceOf(RenewalResult.Renewed.class, renewal.renew());
        assertNotEquals(before, serial());
        connection.get("/probe", 100);
        assertEquals(serial(), shown.get());
        var loaded = assertInstanceOf(IdentityStore.Loaded.Enrolled.class, store.load());
        assertEquals(serial(), loaded.identity().certificate().leaf().getSerialNumber());
    }

    @Test
    void serverCannotMoveTheEndpointToAnotherGroup() throws Exception {
        desk.groups = List.of("contractors");
        assertRefused("groups");
        desk.groups = List.of("engineering", "contractors");
        assertRefused("groups");
    }

    @Test
    void serverCannotChangeTags() throws Exception {
        desk.tags = Map.of("team", "b");
        assertRefused("tags");
    }

    @Test
    void serverCannotChangeTheId() throws Exception {
        desk.endpointId = "00000000-0000-4000-8000-000000000000";
        assertRefused("id");
    }

    private void assertRefused(String what) throws Exception {
        DeviceIdentity before = connection.identity();
        RenewalResult.Refused refused = assertInstanceOf(RenewalResult.Refused.class, renewal.renew());
        assertTrue(refused.why().startsWith(what), refused.why());
        assertSame(before, connection.identity());
    }

    @Test
    void unavailableServerChangesNothing() throws Exception {
        server.on(CertificateRenewal.PATH, exchange -> FleetServer.problem(exchange, 503, "platform.internal"));
        BigInteger before = serial();
        RenewalResult.Unavailable unavailable = assertInstanceOf(RenewalResult.Unavailable.class, renewal.renew());
        assertTrue(unavailable.why().contains("503"), unavailable.why());
        assertEquals(before, serial());
    }

    @Test
    void crashWhileStoringLeavesAWholeIdentity() throws Exception {
        for (int writes = 0; writes < 3; writes++) {
            secrets.crashAfterWrites(writes);
            renewal.renew();
            secrets.recover();
            assertInstanceOf(IdentityStore.Loaded.Enrolled.class, store.load());
        }
    }

    @Test
    void expiredCertificateIsStillShownAndReplaced() throws Exception {
        try (FleetServer patient = new FleetServer(authority.serverThatTakesExpired("127.0.0.1"))) {
            AtomicReference<BigInteger> shown = new AtomicReference<>();
            patient.on(CertificateRenewal.PATH, exchange -> {
                shown.set(FleetServer.client(exchange).orElseThrow().getSerialNumber());
                desk.renew(exchange);
            });
            DeviceIdentity lapsed = EnrollmentDesk.enrolled(patient, authority, store, Duration.ofDays(90));
            assertTrue(lapsed.certificate().expiredAt(clock.instant()));
            ServerConnection late = new ServerConnection(lapsed, TimeLimits.standard(), clock);
            assertInstanceOf(
                    RenewalResult.Renewed.class, new CertificateRenewal(store, late, clock, new Random(1)).renew());
            assertEquals(lapsed.certificate().leaf().getSerialNumber(), shown.get());
            assertEquals(false, late.identity().certificate().expiredAt(clock.instant()));
        }
    }

    @Test
    void disabledEndpointIsRemembered() throws Exception {
        server.on("/probe", exchange -> FleetServer.problem(exchange, 403, "fleet.endpoint-disabled"));
        connection.get("/probe", 1000);
        assertTrue(connection.disabled());
        server.on("/probe", exchange -> FleetServer.reply(exchange, 200, "text/plain", "ok"));
        connection.get("/probe", 1000);
        assertEquals(false, connection.disabled());
    }
}
