package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the publisher hands out, and what it refuses to sign (T-18 to T-20). */
class PublisherTest {
    private final Repository repository = new Repository();

    @Test
    void initialRepositoryHasVersionOneOfEveryRole() {
        assertEquals(
                Set.of(
                        "metadata/1.root.json",
                        "metadata/1.targets.json",
                        "metadata/1.snapshot.json",
                        "metadata/timestamp.json"),
                repository.published.files().keySet());
        assertEquals(
                new TrustedTargets.Versions(1, 1, 1, 1),
                repository.published.head().versions());
    }

    @Test
    void publicationAddsFilesAndReplacesTheTimestampOnly() {
        RepositoryFiles before = repository.published;
        RepositoryFiles added = repository.publish("policies/balanced.yaml", "mode: enforce");

        Set<String> replaced = new TreeSet<>(before.files().keySet());
        replaced.retainAll(added.files().keySet());
        assertEquals(Set.of(RepositoryFiles.TIMESTAMP), replaced);
        TargetFile file = added.with(before).with(added).head().files().get("policies/balanced.yaml");
        assertTrue(added.files().containsKey("targets/policies/" + file.hashes().get("sha256") + ".balanced.yaml"));
    }

    @Test
    void publicationReplacesTheWholeSetOfTargets() throws IOException {
        repository.publish("a", "a", "b", "b");
        repository.publish("b", "b", "c", "c");

        assertEquals(
                Set.of("b", "c"),
                verified(repository.enrolled().refresh()).files().keySet());
    }

    @Test
    void refreshesBeforeExpiryKeepTheTargetsAndTheirFile() throws IOException {
        repository.publish("a", "a");
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        repository.clock.advance(Duration.ofDays(6));
        assertEquals(
                Set.of(RepositoryFiles.TIMESTAMP),
                repository
                        .add(repository.publisher.refreshTimestamp(repository.published, repository.signers))
                        .files()
                        .keySet());
        assertEquals(
                new TrustedTargets.Versions(1, 3, 2, 2),
                verified(client.refresh()).versions());

        repository.clock.advance(Duration.ofDays(6));
        repository.add(repository.publisher.refreshSnapshot(repository.published, repository.signers));
        assertEquals(
                new TrustedTargets.Versions(1, 4, 3, 2),
                verified(client.refresh()).versions());

        repository.clock.advance(Duration.ofDays(6));
        repository.add(repository.publisher.renewTargets(repository.published, repository.signers));
        TrustedTargets renewed = verified(client.refresh());
        assertEquals(new TrustedTargets.Versions(1, 5, 4, 3), renewed.versions());
        assertEquals(Set.of("a"), renewed.files().keySet());
        assertEquals(
                repository.clock.instant().plus(Repository.TARGETS_LIFETIME),
                renewed.targets().expires());
    }

    @Test
    void refreshOfTheTimestampNeedsTheTimestampKeyAlone() {
        Signers server = Signers.none().with(Role.TIMESTAMP, repository.timestampKey);

        repository.publisher.refreshTimestamp(repository.published, server);
        assertThrows(
                PublishRefusedException.class,
                () -> repository.publisher.refreshSnapshot(repository.published, server));
    }

    @Test
    void rotationThatRevokesNoTargetsKeyLeavesTheTargetsMetadata() {
        KeyPairSigner timestampKey = KeyPairSigner.generateEd25519();
        RootKeys next = new RootKeys(
                repository.keys.root(),
                repository.keys.targets(),
                repository.keys.snapshot(),
                RoleKeys.single(timestampKey.key()));
        Signers signers = Signers.none()
                .with(Role.ROOT, repository.root1, repository.root2)
                .with(Role.SNAPSHOT, repository.snapshotKey)
                .with(Role.TIMESTAMP, timestampKey);
        RepositoryFiles added = repository.publisher.rotateRoot(repository.published, next, signers);

        assertEquals(
                Set.of("metadata/2.root.json", "metadata/2.snapshot.json", "metadata/timestamp.json"),
                added.files().keySet());
        assertEquals(
                new TrustedTargets.Versions(2, 2, 2, 1),
                repository.published.with(added).head().versions());
    }

    @Test
    void rotationWithoutTheOldRootKeysIsRefused() {
        KeyPairSigner stranger = KeyPairSigner.generateP256();
        RootKeys next = new RootKeys(
                RoleKeys.single(stranger.key()),
                repository.keys.targets(),
                repository.keys.snapshot(),
                repository.keys.timestamp());
        PublishRefusedException refused = assertThrows(
                PublishRefusedException.class,
                () -> repository.publisher.rotateRoot(
                        repository.published, next, repository.signers.with(Role.ROOT, stranger)));

        assertTrue(refused.getMessage().contains("5.3.4 (old keys)"), refused::getMessage);
    }

    @Test
    void missingSignaturesAreRefusedAndSignersWithoutARoleIgnored() {
        Signers tooFew = repository.signers.with(Role.TARGETS, repository.approver1, repository.root1);

        PublishRefusedException refused = assertThrows(
                PublishRefusedException.class,
                () -> repository.publisher.publish(repository.published, Map.of(), tooFew));

        assertTrue(refused.getMessage().contains("1 of the targets keys"), refused::getMessage);
    }

    @Test
    void oneKeyTwiceInARoleOrAnImpossibleThresholdIsRefused() {
        VerificationKey key = repository.root1.key();
        VerificationKey sameKey = VerificationKey.ofSpki(key.spki());

        assertThrows(PublishRefusedException.class, () -> new RoleKeys(List.of(key, sameKey), 2));
        assertThrows(PublishRefusedException.class, () -> new RoleKeys(List.of(key), 0));
        assertThrows(PublishRefusedException.class, () -> new RoleKeys(List.of(key), -1));
        assertThrows(PublishRefusedException.class, () -> new RoleKeys(List.of(key), 2));
        assertThrows(PublishRefusedException.class, () -> new RoleKeys(List.of(), 1));
    }

    @Test
    void whatClientsMightReadDifferentlyIsNotSigned() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        refusesCustom(json.objectNode().put("a", 1.0));
        refusesCustom(json.objectNode().put("a", (1L << 53) + 1));
        refusesCustom(json.objectNode().put("a", -(1L << 53) - 1));
        refusesCustom(json.objectNode().put("a", "line\nbreak"));
        refusesCustom(json.objectNode().put("a", "\u007f"));
        refusesCustom(json.objectNode().put("a", "\ud800"));
        refusesCustom(json.objectNode().put("a\u0000", 1));
        refusesCustom(json.objectNode()
                .set("a", json.arrayNode().add(json.objectNode().put("b", "\t"))));
        refusesCustom(json.objectNode().put("a", new byte[] {1}));
        publishes(
                "a",
                json.objectNode()
                        .put("a", 1L << 53)
                        .put("b", "Größe – 策略 \ud83d\ude00")
                        .putNull("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", ".", "a\\b", "a\nb"})
    void unsafeTargetPathsAreRefused(String path) {
        assertThrows(PublishRefusedException.class, () -> publishes(path, JsonNodeFactory.instance.objectNode()));
    }

    @Test
    void tooLargeTargetIsRefused() {
        byte[] large = new byte[Limits.standard().targetLength() + 1];

        assertThrows(
                PublishRefusedException.class,
                () -> repository.publisher.publish(
                        repository.published, Map.of("a", TargetContent.of(large)), repository.signers));
    }

    @Test
    void incompleteRepositoryIsNamedAndNotContinued() {
        Map<String, byte[]> files = new TreeMap<>(repository.published.files());
        files.remove("metadata/1.snapshot.json");

        PublishRefusedException refused = assertThrows(
                PublishRefusedException.class,
                () -> repository.publisher.publish(new RepositoryFiles(files), Map.of(), repository.signers));

        assertTrue(refused.getMessage().contains("without metadata/1.snapshot.json"), refused::getMessage);
    }

    @Test
    void seedHoldsTheNewestRootTimestampAndSnapshot() throws IOException {
        repository.publish("a", "a");
        repository.add(repository.publisher.rotateRoot(repository.published, repository.keys, repository.signers));
        Seed seed = repository.published.seed();

        assertArrayEquals(repository.file("metadata/2.root.json"), seed.root());
        assertArrayEquals(repository.file("metadata/timestamp.json"), seed.timestamp());
        assertArrayEquals(repository.file("metadata/3.snapshot.json"), seed.snapshot());
        TrustClient client = repository.client(new InMemoryTrustStore());
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(seed));
        assertEquals(
                new TrustedTargets.Versions(2, 3, 3, 2),
                verified(client.refresh()).versions());
    }

    @Test
    void sameTargetsAreSignedAgainWithTheirCustomMetadata() {
        ObjectNode custom = JsonNodeFactory.instance.objectNode().put("revision", 3);
        publishes("policies/a.yaml", custom);
        repository.add(repository.publisher.renewTargets(repository.published, repository.signers));

        assertEquals(
                custom,
                repository.published.head().files().get("policies/a.yaml").custom());
    }

    private void refusesCustom(JsonNode custom) {
        assertThrows(PublishRefusedException.class, () -> publishes("a", (ObjectNode) custom));
        assertFalse(repository.published.head().files().containsKey("a"));
    }

    private void publishes(String path, ObjectNode custom) {
        repository.add(repository.publisher.publish(
                repository.published, Map.of(path, new TargetContent(new byte[] {1}, custom)), repository.signers));
    }
}
