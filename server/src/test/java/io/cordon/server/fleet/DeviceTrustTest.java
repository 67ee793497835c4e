package io.cordon.server.fleet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cordon.server.enrollment.CertificateAuthority;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What TLS lets in, by certificate. */
class DeviceTrustTest {

    private final Instant now = Instant.now();
    private final CertificateAuthority authority = CertificateAuthority.create(now.minus(Duration.ofDays(200)));
    private final KeyPair key;

    DeviceTrustTest() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        key = generator.generateKeyPair();
    }

    private static X509Certificate[] chain(X509Certificate leaf) {
        return new X509Certificate[] {leaf};
    }

    private X509Certificate device(CertificateAuthority issuer, Instant from) {
        return issuer.issueEndpoint(
                key.getPublic(), UUID.randomUUID().toString(), List.of("urn:x"), from, Duration.ofDays(7));
    }

    private DeviceTrust trust(Instant at) throws GeneralSecurityException {
        return new DeviceTrust(authority.certificate(), () -> at);
    }

    private void assertRefused(X509Certificate leaf) {
        assertThrows(CertificateException.class, () -> trust(now).checkClientTrusted(chain(leaf), "EC"));
    }

    @Test
    void letsACurrentCertificateIn() {
        assertDoesNotThrow(() -> trust(now).checkClientTrusted(chain(device(authority, now)), "EC"));
    }

    @Test
    void letsAnExpiredCertificateOfThisAuthorityIn() {
        X509Certificate expired = device(authority, now.minus(Duration.ofDays(60)));
        assertDoesNotThrow(() -> trust(now).checkClientTrusted(chain(expired), "EC"));
    }

    @Test
    void refusesAnotherAuthoritysCertificateExpiredOrNot() {
        CertificateAuthority other = CertificateAuthority.create(now.minus(Duration.ofDays(200)));
        assertRefused(device(other, now));
        assertRefused(device(other, now.minus(Duration.ofDays(60))));
    }

    @Test
    void refusesAnAuthorityOfTheSameNameWithAnotherKey() throws GeneralSecurityException {
        CertificateAuthority impostor = new CertificateAuthority(authority.certificate(), key.getPrivate());
        assertRefused(device(impostor, now.minus(Duration.ofDays(60))));
    }

    @Test
    void refusesACertificateThatBeginsLater() {
        assertRefused(device(authority, now.plus(Duration.ofDays(1))));
    }

    @Test
    void refusesAServersCertificateExpiredOrNot() {
        for (Instant from : List.of(now, now.minus(Duration.ofDays(60)))) {
            assertRefused(authority.issueServer(
                    key.getPublic(), List.of("localhost"), List.of("127.0.0.1"), from, Duration.ofDays(7)));
        }
    }

    @Test
    void refusesExpiredCertificatesOnceTheAuthorityItselfHasExpired() {
        X509Certificate expired = device(authority, now.minus(Duration.ofDays(60)));
        assertThrows(
                CertificateException.class,
                () -> trust(now.plus(Duration.ofDays(4000))).checkClientTrusted(chain(expired), "EC"));
    }

    @Test
    void vouchesForNoServer() {
        assertThrows(
                CertificateException.class, () -> trust(now).checkServerTrusted(chain(device(authority, now)), "EC"));
    }
}
