package io.cordon.server.enrollment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** PEM (RFC 7468), for certificates and PKCS#8 keys. */
public final class Pem {

    private Pem() {}

    public static String certificates(List<X509Certificate> certificates) {
        try {
            StringBuilder text = new StringBuilder();
            for (X509Certificate certificate : certificates) {
                text.append(write("CERTIFICATE", certificate.getEncoded()));
            }
            return text.toString();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String key(PrivateKey key) {
        return write("PRIVATE KEY", key.getEncoded());
    }

    /** @throws GeneralSecurityException when the text holds no certificate */
    public static List<X509Certificate> readCertificates(String text) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** @throws GeneralSecurityException when the text is not an EC private key in PKCS#8 */
    public static PrivateKey readEcKey(String text) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(read(text, "PRIVATE KEY")));
    }

    /** The bytes of the first block, which must have that label. */
    static byte[] read(String text, String label) throws GeneralSecurityException {
        try (PemReader reader = new PemReader(new StringReader(text))) {
            PemObject object = reader.readPemObject();
            if (object != null && object.getType().equals(label)) {
                return object.getContent();
            }
        } catch (IOException | RuntimeException malformed) {
            throw new GeneralSecurityException("not PEM", malformed);
        }
        throw new GeneralSecurityException("not PEM (expected: -----BEGIN " + label + "-----)");
    }

    private static String write(String label, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, content));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
