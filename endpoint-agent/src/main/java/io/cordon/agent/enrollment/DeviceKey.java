package io.cordon.agent.enrollment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * The endpoint's key pair (ECDSA P-256). It is made here and its private half is only ever written to the agent's own folder.
 * The file holds both halves, because PKCS #8 as the platform writes it does not carry the public one.
 */
final class DeviceKey {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final KeyPair pair;

    private DeviceKey(KeyPair pair) {
        this.pair = pair;
    }

    static DeviceKey generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return new DeviceKey(generator.generateKeyPair());
    }

    /** Reads what {@link #toPem()} wrote; a damaged or foreign file is a {@link GeneralSecurityException}. */
    static DeviceKey read(byte[] pem) throws GeneralSecurityException {
        String text = new String(pem, StandardCharsets.US_ASCII);
        KeyFactory factory = KeyFactory.getInstance("EC");
        try {
            PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(block(text, "PRIVATE KEY")));
            PublicKey open = factory.generatePublic(new X509EncodedKeySpec(block(text, "PUBLIC KEY")));
            if (!(secret instanceof ECPrivateKey) || !(open instanceof ECPublicKey)) {
                throw new GeneralSecurityException("the device key is not an elliptic curve key");
            }
            return new DeviceKey(new KeyPair(open, secret));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the device key file is damaged", e);
        }
    }

    private static byte[] block(String text, String label) throws GeneralSecurityException {
        Matcher matcher = Pattern.compile(
                        "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]{1,4096})-----END " + label + "-----")
                .matcher(text);
        if (!matcher.find()) {
            throw new GeneralSecurityException("the device key file has no " + label);
        }
        return Base64.getMimeDecoder().decode(matcher.group(1).strip());
    }

    byte[] toPem() {
        return ("-----BEGIN PRIVATE KEY-----\n"
                        + LINES.encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n-----BEGIN PUBLIC KEY-----\n"
                        + LINES.encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    PrivateKey secret() {
        return pair.getPrivate();
    }

    PublicKey open() {
        return pair.getPublic();
    }

    /** A PKCS #10 request in PEM. The subject says nothing: the server decides the identity, not the request. */
    String certificateRequest() throws GeneralSecurityException {
        try {
            byte[] der = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=endpoint"), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return "-----BEGIN CERTIFICATE REQUEST-----\n" + LINES.encodeToString(der)
                    + "\n-----END CERTIFICATE REQUEST-----\n";
        } catch (OperatorCreationException | IOException e) {
            throw new GeneralSecurityException("the certificate request could not be signed", e);
        }
    }
}
