package io.cordon.server.fleet;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whose client certificates TLS lets in: those that Cordon's authority signed for endpoints. One that has expired passes too,
 * judged as of its last moment, because an endpoint that was away for longer than its certificate's life returns with it; the
 * {@link DeviceFilter} turns it away everywhere but at renewal. Refusing it here would leave the endpoint with a broken
 * connection and no word about why.
 */
public final class DeviceTrust implements X509TrustManager {

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    private final X509Certificate authority;
    private final InstantSource clock;
    private final X509TrustManager current;

    public DeviceTrust(X509Certificate authority, InstantSource clock) throws GeneralSecurityException {
        this.authority = authority;
        this.clock = clock;
        this.current = pkix(keyStore());
    }

    /** The authority alone, as a key store. */
    public KeyStore keyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new GeneralSecurityException("an empty key store could not be made", impossible);
        }
        store.setCertificateEntry("authority", authority);
        return store;
    }

    private static X509TrustManager pkix(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager pkix) {
                return pkix;
            }
        }
        throw new GeneralSecurityException("the platform has no PKIX trust manager");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        X509Certificate leaf = chain[0];
        if (clock.instant().isAfter(leaf.getNotAfter().toInstant())) {
            checkLapsed(leaf);
        } else {
            current.checkClientTrusted(chain, keyType);
        }
    }

    /** All that is asked of a current certificate (RFC 5280, 6.1 and the key's purpose), at the end of its validity. */
    private void checkLapsed(X509Certificate leaf) throws CertificateException {
        authority.checkValidity(Date.from(clock.instant()));
        List<String> purposes = leaf.getExtendedKeyUsage();
        if (purposes == null || !purposes.contains(CLIENT_AUTHENTICATION)) {
            throw new CertificateException("extended key usage: " + purposes + " (expected: client authentication)");
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            // no revocation lists: the fleet knows the serials that count
            parameters.setRevocationEnabled(false);
            parameters.setDate(leaf.getNotAfter());
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate was not this authority's before it expired", e);
        }
    }

    /** Nobody: this decides about clients. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw new CertificateException("the authority of endpoints vouches for no server here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {authority};
    }
}
