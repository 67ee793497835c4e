package io.cordon.agent.main;

import io.cordon.agent.broker.BrokerPorts;
import io.cordon.agent.os.LivePlaceholders;
import java.io.IOException;

/** How one operating system confines commands. */
interface Confinement extends AutoCloseable {
    BrokerPorts ports();

    LivePlaceholders placeholders();

    /** As policies call it: {@code linux} or {@code windows}. */
    String os();

    /** Takes back what runs left behind that a crash ended. Called when nothing runs, before anything does. */
    void recover() throws IOException;

    @Override
    void close();
}
