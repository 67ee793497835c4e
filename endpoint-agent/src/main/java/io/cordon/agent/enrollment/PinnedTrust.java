package io.cordon.agent.enrollment;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server when its chain leads to one certificate authority, named by hash in the enrollment token. The platform's own
 * authorities play no part: a machine whose trust store was tampered with, or a proxy that opens TLS, must not be able to stand
 * between an endpoint and its first contact.
 *
 * <p>The authority has to be in the presented chain. Path, validity and host name are then checked by the platform's
 * algorithm with this one authority as its only anchor.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
    private final String pin;

    PinnedTrust(String pin) {
        this.pin = pin;
    }

    /** The presented chain does not contain the authority that the token names. */
    static final class PinMismatch extends CertificateException {
        private static final long serialVersionUID = 1;

        PinMismatch(String found, String expected) {
            super("certificate authority: " + found + " (expected: " + expected + ")");
        }
    }

    /** The platform's trust manager over exactly these authorities; checks host names as asked by the TLS engine. */
    static X509ExtendedTrustManager over(List<X509Certificate> authorities) throws GeneralSecurityException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        try {
            anchors.load(null, null);
        } catch (java.io.IOException impossible) {
            throw new GeneralSecurityException("an empty key store could not be made", impossible);
        }
        for (int i = 0; i < authorities.size(); i++) {
            anchors.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("the platform has no X.509 trust manager");
    }

    private X509ExtendedTrustManager pinned(X509Certificate[] chain) throws CertificateException {
        try {
            for (X509Certificate certificate : chain) {
                if (Certificates.isAuthority(certificate)
                        && Certificates.fingerprint(certificate).equals(pin)) {
                    return over(List.of(certificate));
                }
            }
            throw new PinMismatch(Certificates.fingerprint(chain[chain.length - 1]), pin);
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        pinned(chain).checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        pinned(chain).checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server is only checked together with its host name");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("the agent accepts no TLS clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("the agent accepts no TLS clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("the agent accepts no TLS clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
