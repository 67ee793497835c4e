package io.cordon.server.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.server.TestClient;
import io.cordon.server.TestClock;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.cordon.server.fleet.FleetStore;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EnrollmentTest {

    @Inject
    TestServer server;

    @Inject
    TestClock clock;

    @Inject
    FleetStore fleet;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void givesCertificateFactsAndTheRepositorysSeed() throws Exception {
        String token = TestEndpoint.token(server, "engineering");
        TestEndpoint machine = new TestEndpoint(server, "enroll-facts");
        TestEndpoint.Enrolled enrolled = machine.enroll(token);

        X509Certificate certificate = enrolled.certificate();
        certificate.verify(server.authority().getPublicKey());
        assertEquals(
                "CN=" + enrolled.id(), certificate.getSubjectX500Principal().getName());
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
        Set<String> uris = new TreeSet<>();
        for (List<?> name : certificate.getSubjectAlternativeNames()) {
            uris.add(String.valueOf(name.get(1)));
        }
        assertEquals(
                Set.of("urn:cordon:endpoint:" + enrolled.id(), "urn:cordon:group:engineering", "urn:cordon:tag:team=a"),
                uris);
        Duration left =
                Duration.between(Instant.now(), certificate.getNotAfter().toInstant());
        assertTrue(left.compareTo(Duration.ofDays(7)) <= 0 && left.compareTo(Duration.ofDays(6)) > 0, left.toString());

        JsonNode answer = enrolled.answer();
        assertEquals("engineering", answer.get("group").asText());
        assertEquals("a", answer.at("/tags/team").asText());
        for (String part : List.of("root", "timestamp", "snapshot")) {
            assertFalse(answer.at("/trust/" + part).asText().isEmpty(), part);
        }
        assertEquals(
                server.authority(),
                TestEndpoint.certificate(answer.get("authorities").asText()));
        assertTrue(token.endsWith("." + CertificateAuthority.pin(server.authority())));
    }

    @Test
    void tellsTheServersTime() {
        Instant before = Instant.now();
        TestClient.Answer answer =
                new TestEndpoint(server, "enroll-time").tryEnroll(TestEndpoint.token(server, "engineering"));
        Instant date = ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        assertTrue(
                date.isAfter(before.minusSeconds(60))
                        && date.isBefore(Instant.now().plusSeconds(60)),
                date + "");
    }

    @Test
    void repeatsTheAnswerWhenAReplyWasLost() {
        String token = TestEndpoint.token(server, "engineering");
        TestEndpoint machine = new TestEndpoint(server, "enroll-lost-reply");
        TestEndpoint.Enrolled first = machine.enroll(token);
        TestEndpoint.Enrolled second = machine.enroll(token);
        assertEquals(first.id(), second.id());
        assertTrue(
                fleet.holder(first.certificate().getSerialNumber().toString(16)).isPresent());
    }

    @Test
    void keepsTheIdOfAMachineThatEnrollsAgainAndWithdrawsItsOldCertificate() {
        TestEndpoint machine = new TestEndpoint(server, "enroll-again");
        String oldToken = TestEndpoint.token(server, "engineering");
        TestEndpoint.Enrolled first = machine.enroll(oldToken);
        TestEndpoint.Enrolled second = machine.withNewKey().enroll(TestEndpoint.token(server, "finance"));
        assertEquals(first.id(), second.id());
        assertEquals("finance", second.answer().get("group").asText());

        TestClient.Answer withOld = first.client().post("/agent/v1/certificates", Map.of("csr", machine.csr()));
        assertEquals("fleet.certificate-unknown", withOld.code());
        assertEquals("enrollment.token-used", machine.tryEnroll(oldToken).code());
    }

    @Test
    void refusesAUsedTokenToAnotherKey() {
        String token = TestEndpoint.token(server, "engineering");
        new TestEndpoint(server, "enroll-used-a").enroll(token);
        TestClient.Answer answer = new TestEndpoint(server, "enroll-used-b").tryEnroll(token);
        assertEquals(409, answer.status());
        assertEquals("enrollment.token-used", answer.code());
    }

    @Test
    void refusesAnExpiredTokenAndSaysHowToGetANewOne() {
        String token = TestEndpoint.token(server, "engineering");
        clock.advance(Duration.ofHours(25));
        TestClient.Answer answer = new TestEndpoint(server, "enroll-expired").tryEnroll(token);
        assertEquals("enrollment.token-expired", answer.code());
        assertTrue(answer.json().get("detail").asText().contains("administrator"), answer.text());
    }

    @Test
    void refusesARevokedToken() {
        TestClient administrator = server.as(Role.ADMINISTRATOR);
        JsonNode created = administrator
                .post("/admin/v1/enrollment-tokens", Map.of("group", "engineering", "reason", "a test"))
                .json();
        String path = "/admin/v1/enrollment-tokens/" + created.get("id").asText();
        assertEquals("access.reason-required", administrator.delete(path).code());
        assertEquals(204, administrator.delete(path + "?reason=lost").status());
        TestClient.Answer answer = new TestEndpoint(server, "enroll-revoked")
                .tryEnroll(created.get("token").asText());
        assertEquals("enrollment.token-revoked", answer.code());
    }

    @Test
    void refusesATokenWithTheRightIdAndTheWrongSecret() {
        String token = TestEndpoint.token(server, "engineering");
        String[] parts = token.split("\\.");
        String other = TestEndpoint.token(server, "engineering").split("\\.")[2];
        TestClient.Answer answer = new TestEndpoint(server, "enroll-secret")
                .tryEnroll(String.join(".", parts[0], parts[1], other, parts[3]));
        assertEquals(401, answer.status());
        assertEquals("enrollment.token-unknown", answer.code());
        assertEquals(
                "enrollment.token-unknown",
                new TestEndpoint(server, "enroll-secret").tryEnroll("nonsense").code());
    }

    @Test
    void refusesARequestThatDoesNotProveItsKey() {
        KeyPair own = CertificateAuthority.newKeyPair();
        String stolen = TestEndpoint.csr(CertificateAuthority.newKeyPair(), own);
        TestEndpoint machine = new TestEndpoint(server, "enroll-proof");
        String token = TestEndpoint.token(server, "engineering");
        TestClient.Answer answer = server.anonymous().post("/agent/v1/enrollments", machine.body(token, stolen));
        assertEquals("enrollment.csr-invalid", answer.code());
        machine.enroll(token);
    }

    @Test
    void refusesKeysOtherThanP256() throws Exception {
        String token = TestEndpoint.token(server, "engineering");
        TestEndpoint machine = new TestEndpoint(server, "enroll-key");
        assertEquals(
                "enrollment.csr-invalid",
                machine.withKey("RSA", 2048).tryEnroll(token).code());
        assertEquals(
                "enrollment.csr-invalid",
                machine.withKey("EC", 384).tryEnroll(token).code());
    }

    @Test
    void renewsForTheHolderOfACertificateAndKeepsTheFacts() throws Exception {
        TestEndpoint machine = new TestEndpoint(server, "enroll-renew");
        TestEndpoint.Enrolled enrolled = machine.enroll(TestEndpoint.token(server, "engineering"));
        TestClient.Answer answer = enrolled.client().post("/agent/v1/certificates", Map.of("csr", machine.csr()));
        assertEquals(201, answer.status(), answer.text());
        X509Certificate renewed =
                TestEndpoint.certificate(answer.json().get("certificate").asText());
        assertNotEquals(enrolled.certificate().getSerialNumber(), renewed.getSerialNumber());
        assertEquals(
                Set.copyOf(enrolled.certificate().getSubjectAlternativeNames()),
                Set.copyOf(renewed.getSubjectAlternativeNames()));
        assertEquals(
                201,
                machine.client(renewed)
                        .post("/agent/v1/certificates", Map.of("csr", machine.csr()))
                        .status());
    }

    @Test
    void requiresACertificateWhereItIsDue() {
        assertEquals(
                "fleet.certificate-required",
                server.anonymous()
                        .post("/agent/v1/certificates", Map.of("csr", "x"))
                        .code());
        assertEquals(
                "fleet.certificate-required",
                server.anonymous().get("/tuf/metadata/timestamp.json").code());
    }

    @Test
    void refusesACertificateOfAnotherAuthorityInTheHandshake() {
        CertificateAuthority other = CertificateAuthority.create(Instant.now());
        KeyPair key = CertificateAuthority.newKeyPair();
        X509Certificate forged = other.issueEndpoint(
                key.getPublic(),
                "00000000-0000-0000-0000-000000000000",
                List.of("urn:x"),
                Instant.now(),
                Duration.ofDays(1));
        TestClient client = server.device(key.getPrivate(), List.of(forged));
        try {
            TestClient.Answer answer = client.get("/tuf/metadata/timestamp.json");
            // The client may keep a certificate back that the server's list of authorities does not name.
            assertEquals("fleet.certificate-required", answer.code());
        } catch (UncheckedIOException refusedInHandshake) {
            assertTrue(refusedInHandshake.getMessage() != null);
        }
    }

    @Test
    void refusesACertificateThatExpiresWhileTheConnectionStands() {
        TestEndpoint.Enrolled enrolled = TestEndpoint.enrolled(server, "enroll-outlived", "engineering");
        assertEquals(200, enrolled.client().get("/tuf/metadata/timestamp.json").status());
        clock.advance(Duration.ofDays(8));
        assertEquals(
                "fleet.certificate-expired",
                enrolled.client().get("/tuf/metadata/timestamp.json").code());
    }

    @Test
    void shutsADisabledEndpointOutUntilItIsEnabled() {
        TestEndpoint.Enrolled enrolled = TestEndpoint.enrolled(server, "enroll-disabled", "engineering");
        TestClient administrator = server.as(Role.ADMINISTRATOR);
        String path = "/admin/v1/endpoints/" + enrolled.id();
        assertEquals(
                "disabled",
                administrator
                        .post(path + "/disable", Map.of("reason", "stolen"))
                        .json()
                        .get("state")
                        .asText());
        TestClient.Answer answer = enrolled.client().get("/tuf/metadata/timestamp.json");
        assertEquals(403, answer.status());
        assertEquals("fleet.endpoint-disabled", answer.code());
        assertEquals(
                "fleet.endpoint-disabled",
                new TestEndpoint(server, "enroll-disabled")
                        .tryEnroll(TestEndpoint.token(server, "engineering"))
                        .code());
        administrator.post(path + "/enable", Map.of("reason", "found"));
        assertEquals(200, enrolled.client().get("/tuf/metadata/timestamp.json").status());
    }

    @Test
    void listsTokensWithTheirStateAndNeverTheSecret() {
        String token = TestEndpoint.token(server, "listing");
        TestEndpoint.Enrolled enrolled = new TestEndpoint(server, "enroll-listing").enroll(token);
        TestClient.Answer answer = server.as(Role.APPROVER).get("/admin/v1/enrollment-tokens?limit=1");
        JsonNode newest = answer.json().at("/items/0");
        assertEquals("used", newest.get("state").asText());
        assertEquals(enrolled.id().toString(), newest.get("usedBy").asText());
        assertEquals("administrator-tester", newest.get("createdBy").asText());
        assertFalse(answer.text().contains(token.split("\\.")[2]));
        String cursor = answer.json().get("nextCursor").asText();
        JsonNode next = server.as(Role.APPROVER)
                .get("/admin/v1/enrollment-tokens?limit=1&cursor=" + cursor)
                .json();
        assertNotEquals(newest.get("id"), next.at("/items/0/id"));
    }

    @Test
    void refusesAGroupThatCannotStandInACertificate() {
        TestClient.Answer answer = server.as(Role.ADMINISTRATOR)
                .post("/admin/v1/enrollment-tokens", Map.of("group", "two words", "reason", "a test"));
        assertEquals("platform.invalid", answer.code());
    }
}
