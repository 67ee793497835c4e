package io.cordon.agent.enrollment;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.policy.trust.Seed;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * What the server answers to a granted enrollment, parsed completely before any of it is used.
 *
 * @param seed the first contact of the signed policy repository, not yet verified
 */
record EnrollmentAnswer(DeviceCertificate certificate, List<X509Certificate> authorities, Seed seed) {

    /** Reads the answer; anything that is missing or damaged is a {@link CertificateException}. */
    static EnrollmentAnswer read(JsonNode answer) throws CertificateException {
        DeviceCertificate certificate =
                DeviceCertificate.read(answer.path("certificate").asText(""));
        String id = answer.path("endpointId").asText("");
        if (!certificate.endpointId().equals(id)) {
            throw new CertificateException(
                    "endpointId: " + id + " (expected: " + certificate.endpointId() + ", as in the certificate)");
        }
        try {
            JsonNode trust = answer.path("trust");
            return new EnrollmentAnswer(
                    certificate,
                    Certificates.read(answer.path("authorities").asText("")),
                    new Seed(
                            trust.path("root").binaryValue(),
                            trust.path("timestamp").binaryValue(),
                            trust.path("snapshot").binaryValue()));
        } catch (IOException | NullPointerException | IllegalArgumentException e) {
            throw new CertificateException("trust: no seed of the policy repository in the answer", e);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
