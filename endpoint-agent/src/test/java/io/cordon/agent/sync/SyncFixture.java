package io.cordon.agent.sync;

import io.cordon.agent.broker.PolicyInForce;
import io.cordon.agent.enrollment.EnrollmentDesk;
import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.ServerConnection;
import io.cordon.agent.enrollment.TimeLimits;
import io.cordon.agent.health.HealthBoard;
import io.cordon.agent.testing.FleetServer;
import io.cordon.agent.testing.MutableClock;
import io.cordon.agent.testing.TestAuthority;
import io.cordon.agent.testing.TestRepository;
import io.cordon.agent.testing.TestSecrets;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.trust.FileTrustStore;
import io.cordon.policy.trust.Limits;
import io.cordon.policy.trust.Seed;
import io.cordon.policy.trust.TrustClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An enrolled endpoint beside a server with a signed repository; {@link #restart()} is a reboot. */
final class SyncFixture implements AutoCloseable {
    private static final TimeLimits LIMITS =
            new TimeLimits(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));

    final TestAuthority authority = new TestAuthority("fleet");
    final MutableClock clock = new MutableClock();
    final TestRepository repository = new TestRepository(clock);
    final FleetServer server;
    final ServerConnection connection;
    final Path folder;
    final HealthBoard health = new HealthBoard();
    PolicyInForce inForce = new PolicyInForce();
    TrustClient trust;
    PolicyKeeper keeper;
    PolicySync sync;

    SyncFixture(Path folder) throws Exception {
        this(folder, LIMITS);
    }

    SyncFixture(Path folder, TimeLimits limits) throws Exception {
        this.folder = folder;
        Files.createDirectories(folder.resolve("policy"));
        Files.createDirectories(folder.resolve("trust"));
        server = new FleetServer(authority).on("/tuf/*", repository::handle);
        connection = new ServerConnection(
                EnrollmentDesk.enrolled(server, authority, new IdentityStore(new TestSecrets())), limits, clock);
        List<String> seed = repository.seedPaths();
        new TrustClient(
                        new FileTrustStore(folder.resolve("trust")),
                        new RepositoryFetcher(connection),
                        clock,
                        Limits.standard())
                .startOver(new Seed(
                        repository.file(seed.get(0)), repository.file(seed.get(1)), repository.file(seed.get(2))));
        restart();
    }

    /** Everything that lives in memory is made anew from what is on disk. Returns why the stored state was not usable. */
    String restart() throws Exception {
        inForce = new PolicyInForce();
        AppliedPolicyFile applied = new AppliedPolicyFile(folder.resolve("policy"));
        trust = new TrustClient(
                new FileTrustStore(folder.resolve("trust")),
                new RepositoryFetcher(connection),
                clock,
                Limits.standard());
        keeper = new PolicyKeeper(
                inForce,
                new EndpointFacts(
                        "7b3f1f6e-1111-4222-8333-444455556666", "linux", "host", Set.of("engineering"), Map.of()),
                applied,
                health,
                clock);
        sync = new PolicySync(trust, keeper, clock);
        return new Restore(trust, applied, keeper).run().orElse("");
    }

    /** Publishes one policy for everyone, which denies one program. */
    void publish(String denied) {
        repository
                .put("policies/test.yaml", TestRepository.policy("test", denied))
                .put("assignments.yaml", TestRepository.assignTo("test"))
                .publish();
    }

    String inForce() {
        return inForce.current().policy().name() + " v"
                + inForce.current().policy().revision();
    }

    @Override
    public void close() {
        server.close();
    }
}
