package io.cordon.agent.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** A certificate authority that issues server and device certificates. */
public final class TestAuthority {
    private static final AtomicLong SERIALS = new AtomicLong(1000);

    private final KeyPair key;
    private final X509Certificate certificate;

    public TestAuthority(String name) {
        try {
            key = newKey();
            Instant now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=" + name),
                    BigInteger.valueOf(SERIALS.incrementAndGet()),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(3650))),
                    new X500Principal("CN=" + name),
                    key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            certificate = signed(builder);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private X509Certificate signed(JcaX509v3CertificateBuilder builder) throws GeneralSecurityException, IOException {
        try {
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private X509Certificate issue(PublicKey subject, String name, List<GeneralName> names, Instant from, Instant until)
            throws GeneralSecurityException, IOException {
        var builder = new JcaX509v3CertificateBuilder(
                certificate.getSubjectX500Principal(),
                BigInteger.valueOf(SERIALS.incrementAndGet()),
                Date.from(from),
                Date.from(until),
                new X500Principal("CN=" + name),
                subject);
        builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        return signed(builder);
    }

    /** A device certificate in PEM. */
    public String device(
            PublicKey subject, String id, List<String> groups, Map<String, String> tags, Instant from, Instant until) {
        List<GeneralName> names = new ArrayList<>();
        names.add(uri("urn:cordon:endpoint:" + id));
        groups.forEach(group -> names.add(uri("urn:cordon:group:" + group)));
        tags.forEach((name, value) -> names.add(uri("urn:cordon:tag:" + name + "=" + value)));
        try {
            return pem(issue(subject, id, names, from, until));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    /** A server's side of TLS that asks for certificates of this authority and presents its whole chain. */
    public SSLContext server(String... addresses) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", certificate);
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(trusted);
            return server(trustManagers.getTrustManagers(), addresses);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #server}, but whatever this authority signed passes, expired or not, as with the real server at renewal. */
    public SSLContext serverThatTakesExpired(String... addresses) {
        return server(new TrustManager[] {new SignedByThis()}, addresses);
    }

    private final class SignedByThis implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
            try {
                chain[0].verify(key.getPublic());
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
            throw new CertificateException("this side is the server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {certificate};
        }
    }

    private SSLContext server(TrustManager[] clients, String... addresses) {
        try {
            KeyPair pair = newKey();
            List<GeneralName> names = new ArrayList<>();
            for (String address : addresses) {
                boolean numeric = Character.isDigit(address.charAt(0));
                names.add(new GeneralName(numeric ? GeneralName.iPAddress : GeneralName.dNSName, address));
            }
            Instant now = Instant.now();
            X509Certificate leaf = issue(
                    pair.getPublic(), "server", names, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("server", pair.getPrivate(), new char[0], new X509Certificate[] {leaf, certificate});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("NewSunX509");
            keyManagers.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), clients, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key that a request asks a certificate for; the request's own signature is checked. */
    public static PublicKey requested(String csr) {
        try (PEMParser parser = new PEMParser(new StringReader(csr))) {
            JcaPKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
            PublicKey key = request.getPublicKey();
            var verifier = new org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder().build(key);
            if (!request.isSignatureValid(verifier)) {
                throw new IllegalStateException("the request is not signed by its own key");
            }
            return key;
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | org.bouncycastle.pkcs.PKCSException e) {
            throw new IllegalStateException(e);
        }
    }

    public String pem() {
        return pem(certificate);
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The last part of an enrollment token. */
    public String pin() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A well-formed enrollment token for this authority. */
    public String token() {
        return "cet1.ABCDEFGHIJKLMNOP." + "s".repeat(43) + "." + pin();
    }
}
