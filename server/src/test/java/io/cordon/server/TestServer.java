package io.cordon.server;

import io.cordon.server.access.Role;
import io.cordon.server.access.TestSessions;
import io.cordon.server.platform.CordonConfig;
import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The running server as tests see it: gives out callers. Inject it into a {@code @QuarkusTest}. */
@ApplicationScoped
public class TestServer {

    private final HttpServer server;
    private final CordonConfig config;
    private final TestSessions sessions;

    TestServer(HttpServer server, CordonConfig config, TestSessions sessions) {
        this.server = server;
        this.config = config;
        this.sessions = sessions;
    }

    public URI url() {
        return URI.create("https://localhost:" + server.getSecurePort());
    }

    /** Nobody: neither session nor certificate. */
    public TestClient anonymous() {
        return new TestClient(http(null, List.of()), url(), Map.of());
    }

    /** Somebody signed in with that role, named after it ({@code analyst-tester}), sending the anti-forgery header. */
    public TestClient as(Role role) {
        TestSessions.Opened session = sessions.open(role);
        return anonymous().with("Cookie", session.cookie()).with("X-Cordon-CSRF", session.csrfToken());
    }

    /** Whoever holds that key and certificate. */
    public TestClient device(PrivateKey key, List<X509Certificate> chain) {
        return new TestClient(http(key, chain), url(), Map.of());
    }

    /** Cordon's authority, as the server publishes it. */
    public X509Certificate authority() {
        try {
            return io.cordon.server.enrollment.Pem.readCertificates(
                            Files.readString(config.data().resolve("tls/ca.pem")))
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpClient http(@Nullable PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            KeyManager[] keys = null;
            if (key != null) {
                char[] password = "test".toCharArray();
                KeyStore own = KeyStore.getInstance("PKCS12");
                own.load(null, null);
                own.setKeyEntry("device", key, password, chain.toArray(Certificate[]::new));
                KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
                factory.init(own, password);
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), new SecureRandom());
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(60))
                    .sslContext(context)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
