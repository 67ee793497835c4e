package io.cordon.agent.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.os.PrivateFiles;
import io.cordon.policy.document.CanonicalJson;
import io.cordon.policy.document.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file {@code policy/applied.json}: replaced atomically, durable, and refused as a whole when any of it is damaged. */
final class AppliedPolicyFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** More than the largest set of documents that can apply to one endpoint. */
    private static final long MOST_BYTES = 64L << 20;

    private final Path file;

    AppliedPolicyFile(Path directory) {
        this.file = directory.resolve("applied.json");
    }

    /** A file that is there and cannot be used; never used in part. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedException(String why) {
            super("policy/applied.json: " + why);
        }
    }

    void write(AppliedPolicy applied) throws IOException {
        ObjectNode body = JSON.createObjectNode()
                .put("at", applied.at().toString())
                .put("policyName", applied.policyName())
                .put("policyVersion", applied.policyVersion())
                .put("mode", applied.mode())
                .put("digest", applied.digest())
                .put("rootVersion", applied.rootVersion())
                .put("targetsVersion", applied.targetsVersion())
                .put("snapshotVersion", applied.snapshotVersion())
                .put("offer", applied.offer());
        ArrayNode documents = body.putArray("documents");
        for (AppliedPolicy.StoredDocument document : applied.documents()) {
            documents
                    .addObject()
                    .put("target", document.target())
                    .put("revision", document.revision())
                    .put("sha256", document.digest().hex())
                    .put("bytes", document.bytes());
        }
        // Re-read, so that what is hashed is what a reader will see (binary becomes text).
        JsonNode asRead = JSON.readTree(JSON.writeValueAsBytes(body));
        ObjectNode sealed = JSON.createObjectNode()
                .put("sha256", Digest.of(CanonicalJson.encode(asRead)).hex());
        sealed.set("applied", asRead);
        replace(JSON.writeValueAsBytes(sealed));
    }

    private void replace(byte[] bytes) throws IOException {
        Path next = file.resolveSibling("applied.json.new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.syncDirectory(file.toAbsolutePath().getParent());
    }

    /** @throws DamagedException when the file is there and not exactly what was written */
    Optional<AppliedPolicy> read() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new DamagedException("more than " + MOST_BYTES + " bytes");
        }
        try {
            JsonNode sealed = JSON.readTree(Files.readAllBytes(file));
            JsonNode body = sealed.path("applied");
            if (!body.isObject()
                    || !Digest.of(CanonicalJson.encode(body))
                            .hex()
                            .equals(sealed.path("sha256").asText())) {
                throw new DamagedException("its content does not match its digest");
            }
            return Optional.of(parse(body));
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new DamagedException("it is not JSON");
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new DamagedException(String.valueOf(e.getMessage()));
        }
    }

    private static AppliedPolicy parse(JsonNode body) throws IOException {
        List<AppliedPolicy.StoredDocument> documents = new ArrayList<>();
        for (JsonNode each : body.path("documents")) {
            byte[] bytes = each.path("bytes").binaryValue();
            Digest digest = new Digest(each.path("sha256").asText());
            if (!Digest.of(bytes).equals(digest)) {
                throw new DamagedException(each.path("target").asText() + " does not match its digest");
            }
            documents.add(new AppliedPolicy.StoredDocument(
                    each.path("target").asText(), each.path("revision").asInt(), digest, bytes));
        }
        return new AppliedPolicy(
                Instant.parse(body.path("at").asText()),
                body.path("policyName").asText(),
                body.path("policyVersion").asInt(),
                body.path("mode").asText(),
                body.path("digest").asText(),
                body.path("rootVersion").asLong(),
                body.path("targetsVersion").asLong(),
                body.path("snapshotVersion").asLong(),
                body.path("offer").isTextual() ? body.path("offer").asText() : null,
                documents);
    }
}
