package io.cordon.server.main;

import io.cordon.server.enrollment.Pem;
import io.cordon.server.fleet.DeviceTrust;
import io.cordon.server.platform.CordonConfig;
import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.TrustStoreProvider;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;

/** Gives the HTTPS port its judgement of client certificates; asked again whenever the TLS registry reloads its files. */
@ApplicationScoped
class ClientTrust implements TrustStoreProvider {

    private final CordonConfig config;
    private final InstantSource clock;

    ClientTrust(CordonConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public TrustStoreAndTrustOptions getTrustStore(Vertx vertx) {
        Path file = config.data().resolve("tls/ca.pem");
        try {
            DeviceTrust trust =
                    new DeviceTrust(Pem.readCertificates(Files.readString(file)).get(0), clock);
            return new TrustStoreAndTrustOptions(trust.keyStore(), TrustOptions.wrap(trust));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(file + ": cannot be read (expected: the authority's certificate)", e);
        }
    }
}
