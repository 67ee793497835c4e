package io.cordon.server.main;

import io.cordon.server.enrollment.CertificateAuthority;
import io.cordon.server.enrollment.Pem;
import io.cordon.server.main.StartupFailure.Cause;
import io.cordon.server.platform.CordonConfig;
import io.cordon.server.platform.MasterKey;
import io.cordon.server.platform.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that HTTPS is served from. The authority lives in the database (all nodes share it); each node makes its own server
 * certificate under it, anew when a third of its life is left or its names change.
 */
final class ServerTls {

    /** Short enough for every client's rules, long enough for a server that is off for a summer. */
    static final Duration VALIDITY = Duration.ofDays(90);

    private final Path data;
    private final CordonConfig config;
    private final CertificateAuthority authority;

    ServerTls(Path data, CordonConfig config, CertificateAuthority authority) {
        this.data = data;
        this.config = config;
        this.authority = authority;
    }

    /** Reads or makes the authority, then sees to the files. */
    static ServerTls prepare(
            DataFolder data, CordonConfig config, Connection connection, MasterKey masterKey, Instant now)
            throws StartupFailure {
        try {
            byte[] stored = Secrets.readOrCreate(
                    connection,
                    masterKey,
                    CertificateAuthority.SECRET,
                    () -> CertificateAuthority.create(now).encoded());
            ServerTls tls = new ServerTls(data.path(), config, CertificateAuthority.decode(stored));
            data.folder("tls");
            tls.renewIfDue(now);
            tls.checkOwn();
            return tls;
        } catch (SQLException | IOException | GeneralSecurityException e) {
            throw new StartupFailure(Cause.CERTIFICATE, "The server's certificate cannot be prepared: " + e, e);
        }
    }

    Path certificateFile() {
        return config.tls().certificate().orElse(data.resolve("tls/server.pem"));
    }

    Path keyFile() {
        return config.tls().key().orElse(data.resolve("tls/server-key.pem"));
    }

    Path authorityFile() {
        return data.resolve("tls/ca.pem");
    }

    /** Writes the server's certificate and key when there are none, a third of the life is left, or the names have changed. */
    boolean renewIfDue(Instant now) throws IOException, GeneralSecurityException {
        Set<String> names = new LinkedHashSet<>(List.of("localhost"));
        Set<String> addresses = new LinkedHashSet<>(List.of("127.0.0.1", "0:0:0:0:0:0:0:1"));
        names.add(hostName());
        config.publicUrl().map(url -> URI.create(url).getHost()).ifPresent(host -> {
            boolean literal = host.matches("[0-9.]+") || host.contains(":");
            (literal ? addresses : names).add(host.replaceAll("[\\[\\]]", ""));
        });
        if (isCurrent(now, names)) {
            return false;
        }
        KeyPair pair = CertificateAuthority.newKeyPair();
        X509Certificate server = authority.issueServer(pair.getPublic(), names, addresses, now, VALIDITY);
        DataFolder.write(data, "tls/ca.pem", ascii(Pem.certificates(List.of(authority.certificate()))));
        DataFolder.write(data, "tls/server-key.pem", ascii(Pem.key(pair.getPrivate())));
        DataFolder.write(data, "tls/server.pem", ascii(Pem.certificates(List.of(server, authority.certificate()))));
        return true;
    }

    private boolean isCurrent(Instant now, Collection<String> names) {
        Path file = data.resolve("tls/server.pem");
        if (!Files.exists(file)
                || !Files.exists(data.resolve("tls/server-key.pem"))
                || !Files.exists(authorityFile())) {
            return false;
        }
        try {
            List<X509Certificate> chain = Pem.readCertificates(Files.readString(file));
            X509Certificate server = chain.get(0);
            server.verify(authority.certificate().getPublicKey());
            List<String> held = new ArrayList<>();
            server.getSubjectAlternativeNames().forEach(name -> held.add(String.valueOf(name.get(1))));
            return held.containsAll(names)
                    && now.plus(VALIDITY.dividedBy(3))
                            .isBefore(server.getNotAfter().toInstant());
        } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
            return false;
        }
    }

    private void checkOwn() throws StartupFailure {
        if (config.tls().certificate().isPresent() != config.tls().key().isPresent()) {
            throw new StartupFailure(
                    Cause.CONFIGURATION,
                    "CORDON_TLS_CERTIFICATE and CORDON_TLS_KEY belong together: set both or none.");
        }
        for (Path file : List.of(certificateFile(), keyFile())) {
            if (!Files.isReadable(file)) {
                throw new StartupFailure(Cause.CERTIFICATE, file + " cannot be read: name a PEM file that can.");
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?") ? name : "localhost";
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
