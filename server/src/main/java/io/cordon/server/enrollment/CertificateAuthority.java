package io.cordon.server.enrollment;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Cordon's own certificate authority (ECDSA P-256, RFC 5280): signs the server's certificate and those of the endpoints. The
 * two differ in their extended key usage, so an endpoint's certificate never passes for a server's.
 */
public final class CertificateAuthority {

    /** Under this name the authority is sealed in the database. */
    public static final String SECRET = "enrollment.authority";

    /** How far before now a certificate begins, for clocks that are a little behind. */
    static final Duration BACKDATE = Duration.ofMinutes(5);

    private static final Duration LIFETIME = Duration.ofDays(3650);
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;

    public CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** A new authority, valid for ten years. */
    public static CertificateAuthority create(Instant now) {
        try {
            KeyPair pair = newKeyPair();
            X500Name name = new X500Name("CN=Cordon authority " + String.format("%08x", RANDOM.nextInt()));
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    serial(),
                    Date.from(now.minus(BACKDATE)),
                    Date.from(now.plus(LIFETIME)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return new CertificateAuthority(sign(builder, pair.getPrivate()), pair.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot create the certificate authority", e);
        }
    }

    /** Key and certificate as they are sealed in the database. */
    public byte[] encoded() {
        return (Pem.key(key) + Pem.certificates(List.of(certificate))).getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads what {@link #encoded} wrote. */
    public static CertificateAuthority decode(byte[] stored) throws GeneralSecurityException {
        String text = new String(stored, StandardCharsets.US_ASCII);
        int certificate = text.indexOf("-----BEGIN CERTIFICATE");
        return new CertificateAuthority(
                Pem.readCertificates(text.substring(certificate)).get(0),
                Pem.readEcKey(text.substring(0, certificate)));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public PrivateKey key() {
        return key;
    }

    /** base64url of SHA-256 over a certificate's DER: what an enrollment token pins. */
    public static String pin(X509Certificate certificate) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server certificate for those host names and addresses. */
    public X509Certificate issueServer(
            PublicKey subject, Collection<String> names, Collection<String> addresses, Instant now, Duration validity) {
        List<GeneralName> alternatives = new java.util.ArrayList<>();
        names.forEach(name -> alternatives.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(address -> alternatives.add(new GeneralName(GeneralName.iPAddress, address)));
        return issue(
                subject,
                "Cordon server",
                alternatives,
                KeyPurposeId.id_kp_serverAuth,
                new Validity(now.minus(BACKDATE), now.plus(validity)));
    }

    /** An endpoint's certificate: CN is the endpoint's id, the URIs carry the facts that policy selects by. */
    public X509Certificate issueEndpoint(
            PublicKey subject, String endpointId, Collection<String> uris, Instant now, Duration validity) {
        List<GeneralName> alternatives = uris.stream()
                .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                .toList();
        return issue(
                subject,
                endpointId,
                alternatives,
                KeyPurposeId.id_kp_clientAuth,
                new Validity(now.minus(BACKDATE), now.plus(validity)));
    }

    private record Validity(Instant from, Instant until) {}

    private X509Certificate issue(
            PublicKey subject,
            String commonName,
            List<GeneralName> alternatives,
            KeyPurposeId purpose,
            Validity validity) {
        try {
            X500Name issuer =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    serial(),
                    Date.from(validity.from()),
                    Date.from(validity.until()),
                    new X500Name("CN=" + commonName),
                    subject);
            JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
            add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
            add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            add(builder, Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(certificate));
            add(
                    builder,
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(alternatives.toArray(GeneralName[]::new)));
            return sign(builder, key);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot issue a certificate for " + commonName, e);
        }
    }

    private static void add(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value)
            throws IOException {
        builder.addExtension(extension, critical, value);
    }

    /** A P-256 key pair. */
    public static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    }

    /** 127 random bits: positive, and unpredictable as CA rules ask for. */
    private static BigInteger serial() {
        return new BigInteger(127, RANDOM).setBit(126);
    }
}
