package io.cordon.agent.enrollment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.os.SecretStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The folder {@code identity/}: {@code key.pem}, {@code authorities.pem}, {@code cert.pem}, {@code endpoint.json}.
 *
 * <p>Each file is replaced atomically, and {@code endpoint.json} is written last: only with it does an identity exist. A crash
 * between two writes therefore leaves either no identity, and a key that the next attempt takes up again, or a whole one. The
 * key outlives renewals, so that certificate and key can never come apart.
 */
public final class IdentityStore {
    private static final String KEY = "key.pem";
    private static final String AUTHORITIES = "authorities.pem";
    private static final String CERTIFICATE = "cert.pem";
    private static final String ENDPOINT = "endpoint.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretStore files;

    public IdentityStore(SecretStore files) {
        this.files = files;
    }

    /** What the folder holds. */
    public sealed interface Loaded {
        /** A whole identity; its certificate may have expired. */
        record Enrolled(DeviceIdentity identity) implements Loaded {}

        /** No identity, or one whose enrollment was not finished. */
        record NotEnrolled() implements Loaded {}

        /** There are files and they do not make an identity; {@code message} says which and what to do. */
        record Corrupt(String message) implements Loaded {}
    }

    /** Reads the identity and checks that its parts belong together. */
    public Loaded load() throws IOException {
        Optional<byte[]> endpoint = files.read(ENDPOINT);
        if (endpoint.isEmpty()) {
            return new Loaded.NotEnrolled();
        }
        try {
            JsonNode facts = JSON.readTree(endpoint.get());
            DeviceKey key = DeviceKey.read(required(KEY));
            DeviceCertificate certificate = DeviceCertificate.read(text(CERTIFICATE));
            List<X509Certificate> authorities = Certificates.read(text(AUTHORITIES));
            if (!certificate.belongsTo(key.open())) {
                return corrupt(CERTIFICATE, "it belongs to another key");
            }
            if (!certificate.endpointId().equals(facts.path("endpointId").asText())) {
                return corrupt(ENDPOINT, "it names another endpoint than " + CERTIFICATE);
            }
            return new Loaded.Enrolled(new DeviceIdentity(
                    URI.create(facts.path("server").asText()),
                    key,
                    certificate,
                    authorities,
                    Instant.parse(facts.path("enrolledAt").asText())));
        } catch (MissingFile e) {
            return corrupt(e.name, "it is missing");
        } catch (GeneralSecurityException | IllegalArgumentException | DateTimeParseException e) {
            return corrupt("the identity", String.valueOf(e.getMessage()));
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return corrupt(ENDPOINT, "it is not JSON");
        }
    }

    private static Loaded corrupt(String file, String why) {
        return new Loaded.Corrupt("identity/" + file + ": " + why
                + ". Run \"cordon-agent uninstall\" and enroll again with a new token; the endpoint keeps its id");
    }

    /** The key of this endpoint, also of an enrollment that was not finished; made and stored when there is none. */
    DeviceKey key() throws IOException, GeneralSecurityException {
        Optional<byte[]> stored = files.read(KEY);
        if (stored.isPresent()) {
            try {
                return DeviceKey.read(stored.get());
            } catch (GeneralSecurityException e) {
                if (files.read(ENDPOINT).isPresent()) {
                    throw e;
                }
                // Left over from an unfinished enrollment and useless: nothing depends on it yet.
            }
        }
        DeviceKey made = DeviceKey.generate();
        files.write(KEY, made.toPem());
        return made;
    }

    /** Writes a whole identity; the last write is the one that counts. */
    void save(DeviceIdentity identity) throws IOException, GeneralSecurityException {
        files.write(AUTHORITIES, ascii(Certificates.write(identity.authorities())));
        files.write(CERTIFICATE, ascii(Certificates.write(identity.certificate().chain())));
        ObjectNode facts = JSON.createObjectNode()
                .put("endpointId", identity.endpointId())
                .put("server", identity.server().toString())
                .put("enrolledAt", identity.enrolledAt().toString());
        files.write(ENDPOINT, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(facts));
    }

    private byte[] required(String name) throws IOException {
        return files.read(name).orElseThrow(() -> new MissingFile(name));
    }

    private String text(String name) throws IOException {
        return new String(required(name), StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class MissingFile extends IOException {
        private static final long serialVersionUID = 1;
        private final String name;

        MissingFile(String name) {
            super(name);
            this.name = name;
        }
    }
}
