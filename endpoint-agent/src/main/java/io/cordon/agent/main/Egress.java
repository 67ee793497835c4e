package io.cordon.agent.main;

import io.cordon.agent.egress.EgressDoor;
import io.cordon.agent.egress.EgressProxy;
import io.cordon.agent.egress.EgressRuns;
import io.cordon.agent.egress.EgressSettings;
import io.cordon.agent.egress.NameResolver;
import io.cordon.agent.egress.SpooledEgressLog;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.Spool;
import java.io.IOException;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The egress proxy of a running agent with the log of its attempts. Where it cannot listen, policies that ask for it are offline. */
final class Egress implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Egress.class.getName());

    private final SpooledEgressLog log;
    private final @Nullable EgressProxy proxy;

    private Egress(SpooledEgressLog log, @Nullable EgressProxy proxy) {
        this.log = log;
        this.proxy = proxy;
    }

    static Egress start(EgressSettings settings, Spool spool, HostFacts host, Clock clock) {
        SpooledEgressLog log = new SpooledEgressLog(spool, () -> host);
        try {
            return new Egress(log, EgressProxy.start(settings, new EgressRuns(log, clock), NameResolver.SYSTEM, clock));
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "{0}; policies in mode proxy are offline here", e.getMessage());
            return new Egress(log, null);
        }
    }

    EgressDoor door() {
        return proxy == null ? EgressDoor.SHUT : proxy;
    }

    /** On the loopback; 0 when it does not run. */
    int port() {
        return proxy == null ? 0 : proxy.port();
    }

    @Override
    public void close() {
        if (proxy != null) {
            proxy.close();
        }
        log.close();
    }
}
