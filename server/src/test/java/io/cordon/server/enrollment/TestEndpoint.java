package io.cordon.server.enrollment;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A machine that enrolls as an endpoint does: its own key, a request, a token. */
public final class TestEndpoint {

    private final TestServer server;
    private final KeyPair key;
    private final String machineId;
    private final String hostname;

    public TestEndpoint(TestServer server, String hostname) {
        this(server, hostname, CertificateAuthority.newKeyPair());
    }

    private TestEndpoint(TestServer server, String hostname, KeyPair key) {
        this.server = server;
        this.key = key;
        this.hostname = hostname;
        this.machineId = sha256(hostname);
    }

    /** The same machine with another key, as after its data folder was lost. */
    public TestEndpoint withNewKey() {
        return new TestEndpoint(server, hostname, CertificateAuthority.newKeyPair());
    }

    /** The same machine with a key that the server does not take. */
    TestEndpoint withKey(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return new TestEndpoint(server, hostname, generator.generateKeyPair());
    }

    /** What the server knows of it after enrollment. */
    public record Enrolled(UUID id, JsonNode answer, X509Certificate certificate, TestClient client) {}

    public static String token(TestServer server, String group) {
        TestClient.Answer answer = server.as(Role.ADMINISTRATOR)
                .post(
                        "/admin/v1/enrollment-tokens",
                        Map.of("group", group, "tags", Map.of("team", "a"), "reason", "a test"));
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
        return answer.json().get("token").asText();
    }

    /** Enrolls a fresh machine into the group. */
    public static Enrolled enrolled(TestServer server, String hostname, String group) {
        return new TestEndpoint(server, hostname).enroll(token(server, group));
    }

    public Enrolled enroll(String token) {
        TestClient.Answer answer = tryEnroll(token);
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        JsonNode json = answer.json();
        X509Certificate certificate = certificate(json.get("certificate").asText());
        return new Enrolled(UUID.fromString(json.get("endpointId").asText()), json, certificate, client(certificate));
    }

    public TestClient.Answer tryEnroll(String token) {
        return server.anonymous().post("/agent/v1/enrollments", body(token, csr()));
    }

    Map<String, String> body(String token, String csr) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("token", token);
        body.put("csr", csr);
        body.put("hostname", hostname);
        body.put("os", "linux");
        body.put("osVersion", "Debian 13");
        body.put("arch", "amd64");
        body.put("agentVersion", "0.1.0");
        body.put("machineId", machineId);
        return body;
    }

    /** A caller with that certificate and this machine's key. */
    public TestClient client(X509Certificate certificate) {
        return server.device(key.getPrivate(), List.of(certificate));
    }

    public static X509Certificate certificate(String pem) {
        try {
            return Pem.readCertificates(pem).get(0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String csr() {
        return csr(key, key);
    }

    /** A request for the key of the first, signed by that of the second. */
    static String csr(KeyPair subject, KeyPair signer) {
        String signature = subject.getPublic().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try (StringWriter text = new StringWriter();
                JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=ignored"), subject.getPublic())
                    .build(new JcaContentSignerBuilder(signature).build(signer.getPrivate())));
            pem.flush();
            return text.toString();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
