package io.cordon.server.main;

import io.cordon.server.enrollment.CertificateAuthority;
import io.cordon.server.platform.CordonConfig;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Renews this node's server certificate while it runs; the TLS registry takes up the new files within minutes. */
@ApplicationScoped
class CertificateRenewal {

    private static final Logger LOG = Logger.getLogger(CertificateRenewal.class);

    private final CordonConfig config;
    private final CertificateAuthority authority;
    private final InstantSource clock;

    CertificateRenewal(CordonConfig config, CertificateAuthority authority, InstantSource clock) {
        this.config = config;
        this.authority = authority;
        this.clock = clock;
    }

    @Scheduled(every = "6h", delayed = "1h")
    void renew() throws IOException, GeneralSecurityException {
        if (config.tls().certificate().isEmpty()
                && new ServerTls(config.data(), config, authority).renewIfDue(clock.instant())) {
            LOG.info("the server's certificate was renewed");
        }
    }
}
