package io.cordon.agent.broker;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.telemetry.RunRecorder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers local requests: decides, has the allowed confined and started, and records. */
public final class Broker implements AutoCloseable {

    public Broker(
            BrokerPorts ports,
            PolicyInForce policies,
            RunRecorder recorder,
            Ledger ledger,
            Supplier<AgentStatus> status,
            BrokerLimits limits,
            InstantSource clock) {}

    /**
     * Opens the local channel; again after it has ended.
     *
     * @param ended told once, with one line, when the channel ends by itself: every run is over then, and the service decides
     *     whether to start again
     */
    public void start(Consumer<String> ended) throws IOException {
        throw new UnsupportedOperationException("being written");
    }

    public BrokerHealth health() {
        throw new UnsupportedOperationException("being written");
    }

    /** Refuses new requests, ends what runs, records it, and closes the channel. */
    @Override
    public void close() {}
}
