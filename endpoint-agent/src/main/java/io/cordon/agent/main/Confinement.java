package io.cordon.agent.main;

import io.cordon.agent.broker.BrokerPorts;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.NetworkBoundary;
import java.io.IOException;

/** How one operating system confines commands. */
interface Confinement extends AutoCloseable {
    BrokerPorts ports();

    LivePlaceholders placeholders();

    /** As policies call it: {@code linux} or {@code windows}. */
    String os();

    /** Takes back what runs left behind that a crash ended. Called when nothing runs, before anything does. */
    void recover() throws IOException;

    /**
     * Brings the machine to what the policy in force asks beyond single runs. Called at the start and about once a second; must
     * not block. What is not there yet is refused by the ports.
     */
    void tend(NetworkBoundary boundary);

    /** How that stands. */
    ComponentState state();

    @Override
    void close();
}
