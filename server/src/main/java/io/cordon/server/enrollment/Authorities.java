package io.cordon.server.enrollment;

import io.cordon.server.platform.CordonConfig;
import io.cordon.server.platform.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The authority that signs endpoints' certificates, and the one that they must trust the server by. */
@Singleton
public class Authorities {

    private final CertificateAuthority own;
    private final X509Certificate serverAuthority;

    Authorities(Secrets secrets, CordonConfig config) throws GeneralSecurityException, IOException {
        byte[] stored = secrets.read(CertificateAuthority.SECRET)
                .orElseThrow(() -> new IllegalStateException("the certificate authority is missing"));
        this.own = CertificateAuthority.decode(stored);
        this.serverAuthority = config.tls().certificate().isPresent()
                ? top(config.tls().certificate().get())
                : own.certificate();
    }

    private static X509Certificate top(Path chain) throws GeneralSecurityException, IOException {
        List<X509Certificate> certificates = Pem.readCertificates(Files.readString(chain));
        return certificates.get(certificates.size() - 1);
    }

    /** For the tests and the bootstrap's renewal. */
    @Produces
    @Singleton
    CertificateAuthority authority() {
        return own;
    }

    /** What an enrollment token pins: the top of the chain that this server presents. */
    String pin() {
        return CertificateAuthority.pin(serverAuthority);
    }

    /** What an endpoint trusts the server by from now on. */
    String pem() {
        List<X509Certificate> trusted = new ArrayList<>(List.of(own.certificate()));
        if (!serverAuthority.equals(own.certificate())) {
            trusted.add(serverAuthority);
        }
        return Pem.certificates(trusted);
    }
}
