package io.cordon.agent.enrollment;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** X.509 certificates as PEM text and as SHA-256 fingerprints. */
final class Certificates {
    /** More certificates than any chain of ours has; a bound on what a server can make us parse. */
    private static final int MOST = 16;

    private Certificates() {}

    /** Reads one or more PEM certificates in their order. */
    static List<X509Certificate> read(String pem) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate each :
                factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
            certificates.add((X509Certificate) each);
        }
        if (certificates.isEmpty() || certificates.size() > MOST) {
            throw new CertificateException(
                    "certificates: " + certificates.size() + " (expected: 1 to " + MOST + " in PEM)");
        }
        return List.copyOf(certificates);
    }

    static String write(List<X509Certificate> certificates) throws CertificateException {
        StringBuilder pem = new StringBuilder();
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        for (X509Certificate certificate : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(encoder.encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }

    /** The SHA-256 of the certificate's DER form, 64 hexadecimal digits. */
    static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    /** True for a certificate that may sign others. */
    static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }
}
