package io.cordon.agent.enrollment;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * HTTP clients that follow no redirect, use no proxy authentication and no cookies, and trust exactly what they are given.
 *
 * <p>HTTP/1.1 on purpose: every request has its own connection from the pool, so giving up a held reply cannot disturb an
 * upload.
 */
final class HttpClients {
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cordon-http-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private HttpClients() {}

    /** Before enrollment: the server must lead to the pinned authority, and the agent has no certificate. */
    static HttpClient pinned(String pin, TimeLimits limits) throws GeneralSecurityException {
        return client(null, new PinnedTrust(pin), limits);
    }

    /** After enrollment: both sides show certificates. */
    static HttpClient mutual(DeviceIdentity identity, TimeLimits limits) throws GeneralSecurityException {
        return client(identity, PinnedTrust.over(identity.authorities()), limits);
    }

    private static HttpClient client(
            @Nullable DeviceIdentity identity, X509ExtendedTrustManager trust, TimeLimits limits)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                identity == null ? new KeyManager[0] : keys(identity), new TrustManager[] {trust}, new SecureRandom());
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .sslContext(context)
                .sslParameters(parameters)
                .executor(EXECUTOR)
                .build();
    }

    private static KeyManager[] keys(DeviceIdentity identity) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        // The store lives in memory only; it wants a password all the same.
        char[] password = new char[0];
        try {
            store.load(null, password);
        } catch (IOException impossible) {
            throw new GeneralSecurityException("an empty key store could not be made", impossible);
        }
        store.setKeyEntry(
                "device",
                identity.key().secret(),
                password,
                identity.certificate().chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
        factory.init(store, password);
        return factory.getKeyManagers();
    }
}
