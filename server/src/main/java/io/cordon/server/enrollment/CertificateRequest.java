package io.cordon.server.enrollment;

import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A PKCS#10 request (RFC 2986), of which only the key is taken: names are the server's to give. The signature proves that the
 * sender holds the private key.
 */
record CertificateRequest(PublicKey key) {

    private static final int P256_BITS = 256;

    /** Throws {@code enrollment.csr-invalid} for anything but a well-signed request with a P-256 key. */
    static CertificateRequest read(String pem) {
        try {
            JcaPKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequest(Pem.read(pem, "CERTIFICATE REQUEST"));
            PublicKey key = request.getPublicKey();
            if (!(key instanceof ECPublicKey ec)
                    || ec.getParams().getCurve().getField().getFieldSize() != P256_BITS
                    || !ec.getParams().toString().contains("1.2.840.10045.3.1.7")) {
                throw invalid("the key is " + key.getAlgorithm() + " (expected: EC on P-256)");
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw invalid("the signature does not verify with the request's own key");
            }
            return new CertificateRequest(key);
        } catch (GeneralSecurityException | IOException | PKCSException | OperatorCreationException e) {
            throw invalid("it cannot be read (" + e.getMessage() + ")");
        }
    }

    /** SHA-256 over the public key, by which a repeated request is known again. */
    byte[] keyHash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Problem invalid(String what) {
        return Problem.of(
                ProblemCode.ENROLLMENT_CSR_INVALID,
                "csr: " + what + "; send a PKCS#10 request in PEM, signed by a P-256 key made on the endpoint.");
    }
}
