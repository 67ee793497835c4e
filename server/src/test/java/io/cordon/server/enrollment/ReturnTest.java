package io.cordon.server.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.cordon.server.fleet.DeviceCertificate;
import io.cordon.server.fleet.FleetStore;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An endpoint that was away for longer than its certificate's life, over real TLS with a certificate that has really expired. */
@QuarkusTest
class ReturnTest {

    private static final String CERTIFICATES = "/agent/v1/certificates";
    private static final String SIGNED = "/tuf/metadata/timestamp.json";

    @Inject
    TestServer server;

    @Inject
    FleetStore fleet;

    @Inject
    CertificateAuthority authority;

    /** An enrolled machine whose only certificate ended that long ago. */
    private record Away(TestEndpoint machine, TestEndpoint.Enrolled enrolled, X509Certificate certificate) {

        TestClient client() {
            return machine.client(certificate);
        }

        TestClient.Answer renew() {
            return client().post(CERTIFICATES, Map.of("csr", machine.csr()));
        }
    }

    private Away away(String hostname, Duration ago) {
        TestEndpoint machine = new TestEndpoint(server, hostname);
        TestEndpoint.Enrolled enrolled = machine.enroll(TestEndpoint.token(server, "engineering"));
        X509Certificate expired = issue(enrolled, ago);
        fleet.withdrawCertificates(enrolled.id());
        fleet.addCertificate(
                enrolled.id(),
                new DeviceCertificate(
                        expired.getSerialNumber().toString(16),
                        expired.getNotBefore().toInstant(),
                        expired.getNotAfter().toInstant()));
        return new Away(machine, enrolled, expired);
    }

    private X509Certificate issue(TestEndpoint.Enrolled enrolled, Duration ago) {
        Duration validity = Duration.ofDays(7);
        return authority.issueEndpoint(
                enrolled.certificate().getPublicKey(),
                enrolled.id().toString(),
                List.of("urn:cordon:endpoint:" + enrolled.id(), "urn:cordon:group:engineering"),
                Instant.now().minus(ago).minus(validity),
                validity);
    }

    @Test
    void returnsWithoutAToken() {
        Away away = away("return-plain", Duration.ofDays(83));
        TestClient.Answer answer = away.renew();
        assertEquals(201, answer.status(), answer.text());
        X509Certificate renewed =
                TestEndpoint.certificate(answer.json().get("certificate").asText());
        assertEquals(
                "CN=" + away.enrolled().id(), renewed.getSubjectX500Principal().getName());
        assertEquals(200, away.machine().client(renewed).get(SIGNED).status());
        String audit = server.as(Role.ANALYST).get("/admin/v1/audit?limit=50").text();
        assertTrue(audit.contains("enrollment.return-endpoint"), audit);
        assertTrue(audit.contains("endpoint:" + away.enrolled().id()), audit);
    }

    @Test
    void opensNothingButRenewal() {
        Away away = away("return-elsewhere", Duration.ofDays(1));
        for (String path : List.of("/opamp/v1", "/v1/traces", "/v1/logs")) {
            TestClient.Answer answer = away.client().post(path, new byte[0], "application/x-protobuf");
            assertEquals(401, answer.status(), path);
            assertEquals("fleet.certificate-expired", answer.code(), path);
        }
        TestClient.Answer answer = away.client().get(SIGNED);
        assertEquals("fleet.certificate-expired", answer.code());
        assertTrue(answer.json().get("detail").asText().contains(CERTIFICATES), answer.text());
    }

    @Test
    void endsWithTheGrace() {
        TestClient.Answer answer = away("return-late", Duration.ofDays(91)).renew();
        assertEquals(401, answer.status());
        assertEquals("fleet.certificate-expired", answer.code());
        assertTrue(answer.json().get("detail").asText().contains("new token"), answer.text());
    }

    @Test
    void keepsADisabledEndpointOutUntilItIsEnabled() {
        Away away = away("return-disabled", Duration.ofDays(10));
        String path = "/admin/v1/endpoints/" + away.enrolled().id();
        server.as(Role.ADMINISTRATOR).post(path + "/disable", Map.of("reason", "stolen"));
        assertEquals("fleet.endpoint-disabled", away.renew().code());
        server.as(Role.ADMINISTRATOR).post(path + "/enable", Map.of("reason", "found"));
        assertEquals(201, away.renew().status());
    }

    @Test
    void survivesALostAnswerAndEndsWhenTheNewCertificateIsShown() {
        Away away = away("return-twice", Duration.ofDays(10));
        assertEquals(201, away.renew().status());
        TestClient.Answer again = away.renew();
        assertEquals(201, again.status(), again.text());
        X509Certificate renewed =
                TestEndpoint.certificate(again.json().get("certificate").asText());
        assertEquals(200, away.machine().client(renewed).get(SIGNED).status());
        assertEquals("fleet.certificate-unknown", away.renew().code());
    }

    @Test
    void refusesAnExpiredCertificateThatTheFleetDoesNotKnow() {
        Away away = away("return-unknown", Duration.ofDays(10));
        X509Certificate unknown = issue(away.enrolled(), Duration.ofDays(10));
        TestClient.Answer answer = away.machine()
                .client(unknown)
                .post(CERTIFICATES, Map.of("csr", away.machine().csr()));
        assertEquals("fleet.certificate-unknown", answer.code());
    }

    @Test
    void requiresTheKeyOfTheExpiredCertificate() {
        Away away = away("return-stolen", Duration.ofDays(10));
        TestClient thief = away.machine().withNewKey().client(away.certificate());
        assertThrows(
                UncheckedIOException.class,
                () -> thief.post(CERTIFICATES, Map.of("csr", away.machine().csr())));
    }
}
