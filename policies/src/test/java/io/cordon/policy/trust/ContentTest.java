package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.refused;
import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The content of a state is taken over as a whole or not at all, and survives restarts and refusals (T-15, T-16). */
class ContentTest {
    private final Repository repository = new Repository();
    private final InMemoryTrustStore store = new InMemoryTrustStore();

    @Test
    void contentOfAllTargetsIsReadOnceAndKeptAcrossRestarts() throws IOException {
        repository.publish("assignments.yaml", "rules", "policies/a.yaml", "a");
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        assertEquals(Map.of("assignments.yaml", "rules", "policies/a.yaml", "a"), texts(client.downloadAll()));

        repository.server.down(true);
        TrustClient restarted = repository.client(store);

        assertEquals(Map.of("assignments.yaml", "rules", "policies/a.yaml", "a"), texts(restarted.lastComplete()));
        assertEquals(Map.of("assignments.yaml", "rules", "policies/a.yaml", "a"), texts(restarted.downloadAll()));
    }

    @Test
    void stateOfWhichOneTargetIsMissingDoesNotReplaceTheCompleteOne() throws IOException {
        repository.publish("policies/a.yaml", "first", "policies/b.yaml", "first b");
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        texts(client.downloadAll());

        repository.publish("policies/a.yaml", "second", "policies/b.yaml", "second b");
        TargetFile second = verified(client.refresh()).files().get("policies/b.yaml");
        repository.server.remove(TargetPath.served("policies/b.yaml", second.hash()));

        ContentResult.Refused refused = assertInstanceOf(ContentResult.Refused.class, client.downloadAll());
        assertEquals(Refusal.MISSING, refused.rejection().reason());
        assertEquals(Map.of("policies/a.yaml", "first", "policies/b.yaml", "first b"), texts(client.lastComplete()));
    }

    @Test
    void refusedAndExpiredStatesKeepTheLastCompleteOneWithTheTimeSinceWhenItIsStale() throws IOException {
        repository.publish("policies/a.yaml", "a");
        TrustClient client = repository.enrolled(store);
        Optional<Instant> expires = Optional.of(verified(client.refresh()).expires());
        texts(client.downloadAll());
        repository.clock.advance(Duration.ofDays(120));

        RefreshResult.Refused result = assertInstanceOf(RefreshResult.Refused.class, client.refresh());
        ContentResult.Complete kept = assertInstanceOf(ContentResult.Complete.class, client.lastComplete());

        assertEquals(Refusal.EXPIRED, result.rejection().reason());
        assertEquals(expires, result.staleSince());
        assertEquals(expires, kept.staleSince());
        assertEquals(Map.of("policies/a.yaml", "a"), texts(kept));
    }

    @Test
    void completeStateStaysInForceWhenTheSnapshotKeyIsRotatedAndTheServerFallsSilent() throws IOException {
        repository.publish("policies/a.yaml", "a");
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        texts(client.downloadAll());
        KeyPairSigner snapshotKey = KeyPairSigner.generateEd25519();
        RootKeys next = new RootKeys(
                repository.keys.root(),
                repository.keys.targets(),
                RoleKeys.single(snapshotKey.key()),
                repository.keys.timestamp());
        RepositoryFiles rotation = repository.publisher.rotateRoot(
                repository.published, next, repository.signers.with(Role.SNAPSHOT, snapshotKey));
        repository.server.serve("metadata/2.root.json", rotation.files().get("metadata/2.root.json"));
        repository.server.remove("metadata/timestamp.json");
        refused(Refusal.MISSING, client.refresh());

        assertEquals(Map.of("policies/a.yaml", "a"), texts(client.lastComplete()));
        LoadResult.Trusted trusted = assertInstanceOf(LoadResult.Trusted.class, client.loadTrusted());
        assertEquals(new TrustedTargets.Versions(2, 0, 0, 2), trusted.targets().versions());
        refused(Refusal.MISSING, client.download("policies/a.yaml"));
    }

    @Test
    void cachedTargetEditedOnDiskIsNeverHandedOut() throws IOException {
        repository.publish("policies/a.yaml", "genuine");
        TrustClient client = repository.enrolled(store);
        TargetFile file = verified(client.refresh()).files().get("policies/a.yaml");
        texts(client.downloadAll());
        store.writeTarget(file.hash(), "tampered".getBytes(StandardCharsets.UTF_8));

        assertEquals(
                Refusal.HASH,
                assertInstanceOf(ContentResult.Refused.class, client.lastComplete())
                        .rejection()
                        .reason());
        assertEquals(Map.of("policies/a.yaml", "genuine"), texts(client.downloadAll()));
        assertEquals(Map.of("policies/a.yaml", "genuine"), texts(client.lastComplete()));
    }

    @Test
    void targetsThatAreNoLongerListedLeaveTheCache() throws IOException {
        repository.publish("policies/a.yaml", "a");
        TrustClient client = repository.enrolled(store);
        TargetFile file = verified(client.refresh()).files().get("policies/a.yaml");
        texts(client.downloadAll());
        repository.publish("policies/b.yaml", "b");
        verified(client.refresh());
        assertEquals(1, store.readTarget(file.hash()).orElseThrow().length);

        texts(client.downloadAll());

        assertEquals(Optional.empty(), store.readTarget(file.hash()));
    }

    @Test
    void newEndpointHasNothingComplete() throws IOException {
        TrustClient client = repository.enrolled(store);

        assertInstanceOf(ContentResult.Nothing.class, client.lastComplete());
        assertInstanceOf(LoadResult.Nothing.class, client.loadTrusted());
        assertInstanceOf(ContentResult.Refused.class, client.downloadAll());
    }

    private static Map<String, String> texts(ContentResult result) {
        Map<String, String> texts = new TreeMap<>();
        assertInstanceOf(ContentResult.Complete.class, result, result::toString)
                .content()
                .forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }
}
