package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A server that sends anything: arbitrary bytes, genuine files with bytes changed, and metadata of the wrong shape under genuine
 * signatures. The client answers with a typed result, never with an exception, and never takes over another policy.
 */
class HostileServerTest {
    private static final String POLICY = "policies/balanced.yaml";

    private final Repository repository = new Repository();

    HostileServerTest() {
        repository.publish(POLICY, "mode: enforce");
    }

    @Provide
    Arbitrary<String> served() {
        return Arbitraries.of("timestamp.json", "2.snapshot.json", "2.targets.json");
    }

    @Provide
    Arbitrary<String> file() {
        return Arbitraries.of("2.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json");
    }

    @Property(tries = 150)
    void arbitraryBytesAreRefused(@ForAll("file") String name, @ForAll byte[] bytes) throws IOException {
        repository.server.serve("metadata/" + name, bytes);
        TrustClient client = repository.enrolled();

        assertInstanceOf(RefreshResult.Refused.class, client.refresh());

        restore(name);
    }

    @Property(tries = 250)
    void genuineFilesWithChangedBytesAreRefusedOrMeanTheSame(
            @ForAll("served") String name, @ForAll Random random, @ForAll byte with) throws IOException {
        byte[] bytes = repository.file("metadata/" + name).clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = with;
        }
        repository.server.serve("metadata/" + name, bytes);

        assertNothingElseThanPublished(repository.enrolled().refresh());

        restore(name);
    }

    /** The signatures are good: whoever holds the keys of a role may be hostile too, and must not break the client. */
    @Property(tries = 250)
    void wronglyShapedMetadataUnderGoodSignaturesIsRefusedWithoutAnException(@ForAll Random random) throws IOException {
        byte[] timestamp = repository.file("metadata/timestamp.json");
        byte[] snapshot = repository.file("metadata/2.snapshot.json");
        byte[] targets = repository.file("metadata/2.targets.json");
        byte[] root = repository.file("metadata/1.root.json");
        switch (random.nextInt(4)) {
            case 0 ->
                repository.server.serve(
                        "metadata/timestamp.json",
                        Forge.change(timestamp, s -> deform(s, random), repository.timestampKey));
            case 1 ->
                repository.serverSignsTimestamp(
                        5, Forge.change(snapshot, s -> deform(s, random), repository.snapshotKey), 2);
            case 2 ->
                repository.serverSigns(
                        5,
                        Forge.change(targets, s -> deform(s, random), repository.approver1, repository.approver2),
                        2);
            default ->
                repository.server.serve(
                        "metadata/2.root.json",
                        Forge.change(
                                root, s -> deform(s.put("version", 2), random), repository.root1, repository.root2));
        }
        TrustClient client = repository.enrolled();

        assertNotEquals(null, client.refresh());
        assertNotEquals(null, client.downloadAll());
        assertNotEquals(null, client.loadTrusted());

        repository.server.remove("metadata/2.root.json");
        repository.server.serve(repository.published);
    }

    /** Puts something unfitting in the place of one value, or takes it away. */
    private static void deform(ObjectNode signed, Random random) {
        List<JsonNode> parents = new ArrayList<>();
        collect(signed, parents);
        JsonNode parent = parents.get(random.nextInt(parents.size()));
        JsonNode unfitting = UNFITTING.get(random.nextInt(UNFITTING.size()));
        if (parent instanceof ArrayNode list) {
            list.add(unfitting);
        } else if (parent instanceof ObjectNode object && !object.isEmpty()) {
            List<Map.Entry<String, JsonNode>> fields = List.copyOf(object.properties());
            String name = fields.get(random.nextInt(fields.size())).getKey();
            if (random.nextInt(5) == 0) {
                object.remove(name);
            } else {
                object.set(name, unfitting);
            }
        }
    }

    private static final List<JsonNode> UNFITTING = List.of(
            Forge.read("null".getBytes(StandardCharsets.UTF_8)),
            Forge.read("true".getBytes(StandardCharsets.UTF_8)),
            Forge.read("-1".getBytes(StandardCharsets.UTF_8)),
            Forge.read("0".getBytes(StandardCharsets.UTF_8)),
            Forge.read("99999999999999999999999999".getBytes(StandardCharsets.UTF_8)),
            Forge.read("\"\"".getBytes(StandardCharsets.UTF_8)),
            Forge.read("\"2026-02-30T00:00:00Z\"".getBytes(StandardCharsets.UTF_8)),
            Forge.read("\"\\u0000\"".getBytes(StandardCharsets.UTF_8)),
            Forge.read("[]".getBytes(StandardCharsets.UTF_8)),
            Forge.read("[{},{}]".getBytes(StandardCharsets.UTF_8)),
            Forge.read("{\"\":{}}".getBytes(StandardCharsets.UTF_8)));

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private void assertNothingElseThanPublished(RefreshResult result) {
        if (result instanceof RefreshResult.Verified) {
            assertEquals(repository.published.head().files(), verified(result).files());
        }
    }

    private void restore(String name) {
        repository.server.remove("metadata/" + name);
        repository.server.serve(repository.published);
    }
}
