package io.cordon.agent.os;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link ServiceHost} promises: what is told arrives, in order, one line each. */
public abstract class ServiceHostContract {
    protected abstract ServiceHost host() throws IOException;

    /** What arrived so far, in the words {@code ready TEXT}, {@code status TEXT}, {@code stopping}, {@code alive}. */
    protected abstract List<String> told() throws IOException;

    @Test
    void everyStepOfTheLifeIsTold() throws IOException {
        ServiceHost host = host();
        host.ready("endpoint e-1");
        host.status("policy v2");
        host.alive();
        host.stopping();
        assertEquals(List.of("ready endpoint e-1", "status policy v2", "alive", "stopping"), told());
    }
}
