package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.refused;
import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server sends, the endpoint reads a bounded amount and says what was wrong (T-13). */
class BoundsTest {
    private final Repository repository = new Repository();

    @ParameterizedTest
    @ValueSource(strings = {"2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"})
    void endlessMetadataIsRefused(String name) throws IOException {
        repository.server.serve("metadata/" + name, new byte[9_000_000]);

        refused(Refusal.TOO_LARGE, repository.enrolled().refresh());
        assertTrue(repository.server.transferred() < 600_000, () -> repository.server.transferred() + " bytes");
    }

    @Test
    void rootsAreFollowedUpToTheLimitAndTheRestNextTime() throws IOException {
        for (int i = 0; i < 5; i++) {
            repository.add(repository.publisher.rotateRoot(repository.published, repository.keys, repository.signers));
        }
        Limits two = new Limits(100_000, 100_000, 100_000, 100_000, 2, 10, 1000, Duration.ofMinutes(5));
        TrustClient client = repository.client(new InMemoryTrustStore(), two);
        assertInstanceOf(
                SeedResult.Pinned.class, client.initialise(Seed.ofRoot(repository.file("metadata/1.root.json"))));

        assertEquals(3, verified(client.refresh()).versions().root());
        assertEquals(5, verified(client.refresh()).versions().root());
        assertEquals(6, verified(client.refresh()).versions().root());
    }

    @Test
    void tooManyTargetsAreRefused() throws IOException {
        repository.publish("a", "a", "b", "b", "c", "c");
        Limits two = new Limits(100_000, 100_000, 100_000, 100_000, 2, 2, 1000, Duration.ofMinutes(5));
        TrustClient client = repository.client(new InMemoryTrustStore(), two);
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(repository.published.seed()));

        assertEquals("3 targets", refused(Refusal.TOO_LARGE, client.refresh()).found());
    }

    @Test
    void tooLongATargetIsNotFetched() throws IOException {
        repository.publish("a", "x".repeat(2000));
        Limits small = new Limits(100_000, 100_000, 100_000, 100_000, 2, 2, 1000, Duration.ofMinutes(5));
        TrustClient client = repository.client(new InMemoryTrustStore(), small);
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(repository.published.seed()));
        verified(client.refresh());
        int before = repository.server.requests.size();

        refused(Refusal.TOO_LARGE, client.download("a"));
        assertEquals(before, repository.server.requests.size());
    }

    @Test
    void deeplyNestedMetadataIsRefused() throws IOException {
        byte[] deep = new byte[10_000];
        Arrays.fill(deep, (byte) '[');
        repository.server.serve("metadata/timestamp.json", deep);

        refused(Refusal.TOO_LARGE, repository.enrolled().refresh());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}{}",
                "{\"a\":1.5}",
                "{\"a\":1e3}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":\"\\ud800\"}",
                "{\"\\udc00\":1}",
                "{/**/}",
                "\ufeff{}"
            })
    void anythingButStrictJsonIsRefused(String text) throws IOException {
        repository.server.serve("metadata/timestamp.json", text.getBytes(StandardCharsets.UTF_8));

        refused(Refusal.FORMAT, repository.enrolled().refresh());
    }

    @Test
    void otherEncodingsThanUtf8AreRefused() throws IOException {
        String timestamp = new String(repository.file("metadata/timestamp.json"), StandardCharsets.UTF_8);
        TrustClient client = repository.enrolled();
        repository.server.serve("metadata/timestamp.json", timestamp.getBytes(StandardCharsets.UTF_16LE));
        refused(Refusal.FORMAT, client.refresh());

        // An overlong form of '/', which lenient decoders read as one.
        repository.server.serve(
                "metadata/timestamp.json", new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'});
        refused(Refusal.FORMAT, client.refresh());
    }

    @Test
    void namedFilesThatAreNotServedAreRefused() throws IOException {
        repository.publish("a", "a");
        TrustClient client = repository.enrolled();
        repository.server.remove("metadata/2.targets.json");
        assertEquals(
                "metadata/2.targets.json",
                refused(Refusal.MISSING, client.refresh()).subject());
        repository.server.remove("metadata/2.snapshot.json");
        assertEquals(
                "metadata/2.targets.json",
                refused(Refusal.MISSING, client.refresh()).subject());
        repository.server.remove("metadata/timestamp.json");
        assertEquals(
                "metadata/timestamp.json",
                refused(Refusal.MISSING, client.refresh()).subject());
    }

    @Test
    void targetThatIsNotListedIsRefused() throws IOException {
        TrustClient client = repository.enrolled();
        verified(client.refresh());

        refused(Refusal.UNKNOWN_TARGET, client.download("policies/none.yaml"));
    }

    @Test
    void endpointThatNeverEnrolledAcceptsNothingAndAsksNobody() throws IOException {
        TrustClient client = repository.client(new InMemoryTrustStore());

        refused(Refusal.NOT_INITIALISED, client.refresh());
        refused(Refusal.NOT_INITIALISED, client.download("a"));
        assertEquals(0, repository.server.requests.size());
    }

    @Test
    void unchangedRepositoryCostsTwoRequests() throws IOException {
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        repository.server.requests.clear();

        assertEquals(
                false,
                assertInstanceOf(RefreshResult.Verified.class, client.refresh()).changed());
        assertEquals(List.of("metadata/2.root.json", "metadata/timestamp.json"), repository.server.requests);
    }
}
