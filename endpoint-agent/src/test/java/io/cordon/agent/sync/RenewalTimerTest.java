package io.cordon.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.enrollment.CertificateRenewal;
import io.cordon.agent.enrollment.EnrollmentDesk;
import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.ServerConnection;
import io.cordon.agent.enrollment.TimeLimits;
import io.cordon.agent.testing.FleetServer;
import io.cordon.agent.testing.MutableClock;
import io.cordon.agent.testing.TestAuthority;
import io.cordon.agent.testing.TestRepository;
import io.cordon.agent.testing.TestSecrets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenewalTimerTest {
    private static final String PATH = "/agent/v1/certificates";

    private final TestAuthority authority = new TestAuthority("fleet");
    private final MutableClock clock = new MutableClock();
    private final EnrollmentDesk desk = new EnrollmentDesk(authority, new TestRepository(clock));
    private final IdentityStore store = new IdentityStore(new TestSecrets());
    private final FleetServer server;

    RenewalTimerTest() throws Exception {
        server = new FleetServer(authority.serverThatTakesExpired("127.0.0.1")).on(PATH, desk::renew);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ServerConnection enrolled(Duration ago) throws Exception {
        return new ServerConnection(
                EnrollmentDesk.enrolled(server, authority, store, ago), TimeLimits.standard(), clock);
    }

    private RenewalTimer timer(ServerConnection connection) {
        return new RenewalTimer(new CertificateRenewal(store, connection, clock, new Random(1)), clock, new Random(2));
    }

    @Test
    void leavesAYoungCertificateAlone() throws Exception {
        timer(enrolled(Duration.ofDays(1))).tick();
        assertEquals(0, server.requests().size());
    }

    @Test
    void renewsAtHalfLifeAndOnce() throws Exception {
        RenewalTimer timer = timer(enrolled(Duration.ofDays(5)));
        timer.tick();
        timer.tick();
        assertEquals(1, server.requests().size());
    }

    @Test
    void returnsAfterThreeMonthsWithTheExpiredCertificate() throws Exception {
        ServerConnection connection = enrolled(Duration.ofDays(90));
        timer(connection).tick();
        assertEquals(1, server.requests().size());
        assertTrue(connection.identity().certificate().notAfter().isAfter(clock.instant()));
    }

    @Test
    void asksAgainLaterWhenTheServerNoLongerTakesIt() throws Exception {
        server.on(PATH, exchange -> FleetServer.problem(exchange, 401, "fleet.certificate-expired"));
        RenewalTimer timer = timer(enrolled(Duration.ofDays(200)));
        timer.tick();
        timer.tick();
        assertEquals(1, server.requests().size());
        clock.advance(Duration.ofMinutes(5));
        timer.tick();
        assertEquals(2, server.requests().size());
    }
}
