package io.cordon.agent.enrollment;

import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint's short certificate and the facts it binds: id, groups and tags, as URIs in the subject alternative name. These
 * facts select policies, so they are read from the certificate alone and never from what a server says beside it.
 *
 * @param chain leaf first
 * @param endpointId the id in its canonical lower-case form
 */
public record DeviceCertificate(
        List<X509Certificate> chain, String endpointId, Set<String> groups, Map<String, String> tags) {
    private static final String ENDPOINT = "urn:cordon:endpoint:";
    private static final String GROUP = "urn:cordon:group:";
    private static final String TAG = "urn:cordon:tag:";
    /** RFC 5280: the general name of type URI. */
    private static final int URI = 6;

    /** Reads the PEM that the server issued. */
    static DeviceCertificate read(String pem) throws CertificateException {
        List<X509Certificate> chain = Certificates.read(pem);
        @Nullable String id = null;
        Set<String> groups = new TreeSet<>();
        Map<String, String> tags = new TreeMap<>();
        for (String uri : uris(chain.get(0))) {
            if (uri.startsWith(ENDPOINT)) {
                id = canonical(uri.substring(ENDPOINT.length()));
            } else if (uri.startsWith(GROUP)) {
                groups.add(uri.substring(GROUP.length()));
            } else if (uri.startsWith(TAG) && uri.indexOf('=') > 0) {
                int equals = uri.indexOf('=');
                tags.put(uri.substring(TAG.length(), equals), uri.substring(equals + 1));
            }
        }
        if (id == null) {
            throw new CertificateException("device certificate: no " + ENDPOINT + "<id> in its alternative names");
        }
        String subject = chain.get(0).getSubjectX500Principal().getName();
        if (!List.of(subject.split(",")).contains("CN=" + id)) {
            throw new CertificateException("device certificate: subject " + subject + " (expected: CN=" + id + ")");
        }
        return new DeviceCertificate(chain, id, Set.copyOf(groups), Map.copyOf(tags));
    }

    private static List<String> uris(X509Certificate certificate) throws CertificateException {
        @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return List.of();
        }
        return names.stream()
                .filter(name -> name.get(0) instanceof Integer type && type == URI)
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }

    private static String canonical(String text) throws CertificateException {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw new CertificateException("device certificate: endpoint id " + text + " (expected: a UUID)", e);
        }
    }

    public X509Certificate leaf() {
        return chain.get(0);
    }

    public Instant notBefore() {
        return leaf().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    boolean belongsTo(PublicKey key) {
        return leaf().getPublicKey().equals(key);
    }

    boolean expiredAt(Instant now) {
        return !now.isBefore(notAfter());
    }

    /** When half of the validity has passed, which is when renewal begins. */
    Instant halfLife() {
        return notBefore().plus(Duration.between(notBefore(), notAfter()).dividedBy(2));
    }
}
