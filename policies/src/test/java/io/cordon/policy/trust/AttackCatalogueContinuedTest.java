package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.refused;
import static io.cordon.policy.trust.Repository.text;
import static io.cordon.policy.trust.Repository.trusted;
import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The catalogue of attacks, continued: cases 21 to 35, without 22 and 33 (see {@link AttackCatalogueTest}). */
class AttackCatalogueContinuedTest {
    private static final String POLICY = "policies/balanced.yaml";

    private final Repository repository = new Repository();

    @Test
    void case21_customMetadataOfATargetIsRead() throws IOException {
        ObjectNode custom = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "SandboxPolicy")
                .put("revision", 7);
        publish(POLICY, custom);

        TrustedTargets targets = verified(repository.enrolled().refresh());

        assertEquals(custom, targets.files().get(POLICY).custom());
    }

    @Test
    void case23_ecdsaP256KeysInEveryRoleAreAccepted() throws IOException {
        acceptsKeysOf(KeyPairSigner.generateP256(), KeyPairSigner.generateP256());
    }

    @Test
    void case24_ecdsaP384KeysInEveryRoleAreAccepted() throws IOException {
        acceptsKeysOf(KeyPairSigner.generateP384(), KeyPairSigner.generateP384());
    }

    @Test
    void case25_unknownKeyTypeBesideTwoGoodKeysIsSkipped() throws IOException {
        byte[] root = Forge.change(
                file("1.root.json"),
                signed -> {
                    ObjectNode key = signed.withObject("/keys").putObject("from-the-future");
                    key.put("keytype", "ml-dsa")
                            .put("scheme", "ml-dsa-87")
                            .putObject("keyval")
                            .put("public", "00");
                    signed.withArray("/roles/targets/keyids").add("from-the-future");
                },
                repository.root1,
                repository.root2);
        TrustClient client = repository.client(new InMemoryTrustStore());
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(Seed.ofRoot(root)));

        verified(client.refresh());
    }

    @Test
    void case26_repositoryWithoutConsistentSnapshotsIsRead() throws IOException {
        repository.publish(POLICY, "mode: enforce");
        byte[] root = Forge.change(
                file("1.root.json"),
                signed -> signed.put("consistent_snapshot", false),
                repository.root1,
                repository.root2);
        RepositoryFiles plain = new RepositoryFiles(Map.of(
                "metadata/timestamp.json",
                file("timestamp.json"),
                "metadata/snapshot.json",
                file("2.snapshot.json"),
                "metadata/targets.json",
                file("2.targets.json"),
                "targets/" + POLICY,
                "mode: enforce".getBytes(StandardCharsets.UTF_8)));
        repository.server.serveOnly(plain);
        TrustClient client = repository.client(new InMemoryTrustStore());
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(Seed.ofRoot(root)));

        verified(client.refresh());

        assertEquals("mode: enforce", text(client.download(POLICY)));
    }

    @Test
    void case27_twoThousandPoliciesAreVerifiedInReasonableTime() throws IOException {
        Map<String, TargetContent> many = IntStream.range(0, 2000)
                .boxed()
                .collect(Collectors.toMap(
                        i -> "policies/team-" + i + ".yaml",
                        i -> TargetContent.of(("mode: enforce # " + i).getBytes(StandardCharsets.UTF_8))));
        repository.add(repository.publisher.publish(repository.published, many, repository.signers));
        TrustClient client = repository.enrolled();

        assertTrue(file("2.targets.json").length > 250_000);
        TrustedTargets targets = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> verified(client.refresh()));
        assertEquals(2000, targets.files().size());
    }

    @Test
    void case28_timestampCutShortByAPowerLossRecovers() throws IOException {
        InMemoryTrustStore store = new InMemoryTrustStore();
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        byte[] whole = store.read(StoredFile.TIMESTAMP).orElseThrow();
        store.write(StoredFile.TIMESTAMP, Arrays.copyOf(whole, whole.length / 2));

        assertNull(trusted(client).timestamp());
        verified(client.refresh());
        assertArrayEquals(whole, store.read(StoredFile.TIMESTAMP).orElseThrow());
    }

    @Test
    void case29_storedTargetsEditedByAUserAreDetectedAndRepaired() throws IOException {
        repository.publish(POLICY, "mode: enforce");
        InMemoryTrustStore store = new InMemoryTrustStore();
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        byte[] genuine = store.read(StoredFile.TARGETS).orElseThrow();
        store.write(
                StoredFile.TARGETS,
                Forge.edit(genuine, file -> file.withObject("/signed/targets").removeAll()));

        assertInstanceOf(LoadResult.Nothing.class, client.loadTrusted());
        verified(client.refresh());
        assertArrayEquals(genuine, store.read(StoredFile.TARGETS).orElseThrow());
    }

    @Test
    void case30_duplicateJsonKeyIsRefused() throws IOException {
        String timestamp = new String(file("timestamp.json"), StandardCharsets.UTF_8);
        String doubled = timestamp.replace("\"version\":1,", "\"version\":9,\"version\":1,");
        assertTrue(doubled.length() > timestamp.length());
        repository.server.serve("metadata/timestamp.json", doubled.getBytes(StandardCharsets.UTF_8));

        refused(Refusal.FORMAT, repository.enrolled().refresh());
    }

    @Test
    void case31_tabInAStringIsNotSignedAndIfMetIsReadExactly() throws IOException {
        ObjectNode custom = JsonNodeFactory.instance.objectNode().put("title", "a\tb");
        assertThrows(PublishRefusedException.class, () -> publish(POLICY, custom));

        TargetFile met = meets(
                signed -> signed.withObject("/targets").set(POLICY, described().set("custom", custom)));

        assertEquals("a\tb", met.custom().required("title").textValue());
    }

    @Test
    void case32_integerAboveTwoToThe53IsNotSignedAndIfMetIsReadExactly() throws IOException {
        BigInteger large = BigInteger.TWO.pow(70).add(BigInteger.ONE);
        ObjectNode custom = JsonNodeFactory.instance.objectNode().put("revision", large);
        assertThrows(PublishRefusedException.class, () -> publish(POLICY, custom));

        TargetFile met = meets(
                signed -> signed.withObject("/targets").set(POLICY, described().set("custom", custom)));
        assertEquals(large, met.custom().required("revision").bigIntegerValue());

        Repository other = new Repository();
        byte[] timestamp = Forge.change(
                other.file("metadata/timestamp.json"), signed -> signed.put("version", large), other.timestampKey);
        other.server.serve("metadata/timestamp.json", timestamp);
        refused(Refusal.FORMAT, other.enrolled().refresh());
    }

    @Test
    void case34_timestampOfThresholdTwoSignedByTheServerAloneIsRefused() throws IOException {
        KeyPairSigner witness = KeyPairSigner.generateP256();
        RootKeys next = new RootKeys(
                repository.keys.root(),
                repository.keys.targets(),
                repository.keys.snapshot(),
                new RoleKeys(List.of(repository.timestampKey.key(), witness.key()), 2));
        Signers both = repository.signers.with(Role.TIMESTAMP, repository.timestampKey, witness);
        repository.add(repository.publisher.rotateRoot(repository.published, next, both));
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        repository.serverSignsTimestamp(9, file("2.snapshot.json"), 2);

        assertEquals(
                "1 of the timestamp keys of root 2 signed",
                refused(Refusal.SIGNATURE, client.refresh()).found());
    }

    @Test
    void case35_rollBackShownToANewEndpointWithASeedIsRefusedEvenWhenTheSeedHasExpired() throws IOException {
        repository.publish(POLICY, "mode: audit");
        byte[] oldTargets = file("2.targets.json");
        repository.publish(POLICY, "mode: enforce");
        Seed seed = repository.published.seed();
        repository.clock.advance(Duration.ofDays(40));
        repository.serverSigns(9, oldTargets, 2);
        TrustClient client = repository.client(new InMemoryTrustStore());
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(seed));

        assertEquals("5.5.5", refused(Refusal.ROLLBACK, client.refresh()).step());
    }

    private void acceptsKeysOf(KeyPairSigner first, KeyPairSigner second) throws IOException {
        Repository other = new Repository();
        RoleKeys both = new RoleKeys(List.of(first.key(), second.key()), 2);
        Signers signers = Signers.none();
        for (Role role : Role.values()) {
            signers = signers.with(role, first, second);
        }
        other.published = other.publisher.initial(new RootKeys(both, both, both, both), signers);
        other.server.serveOnly(other.published);

        assertEquals(1, verified(other.enrolled().refresh()).versions().targets());
    }

    private void publish(String path, ObjectNode custom) {
        TargetContent content = new TargetContent("x".getBytes(StandardCharsets.UTF_8), custom);
        repository.add(repository.publisher.publish(repository.published, Map.of(path, content), repository.signers));
    }

    /** The target as a client reads it from metadata that another publisher than ours signed. */
    private TargetFile meets(Consumer<ObjectNode> change) throws IOException {
        byte[] targets = Forge.change(
                file("1.targets.json"),
                change.andThen(signed -> signed.put("version", 2)),
                repository.approver1,
                repository.approver2);
        repository.serverSigns(2, targets, 2);
        return verified(repository.enrolled().refresh()).files().get(POLICY);
    }

    private static ObjectNode described() {
        ObjectNode described = JsonNodeFactory.instance.objectNode().put("length", 1);
        described.putObject("hashes").put("sha256", "0".repeat(64));
        return described;
    }

    private byte[] file(String name) {
        return repository.file("metadata/" + name);
    }
}
