package io.cordon.agent.os.windows.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.ServiceHost;
import io.cordon.agent.os.ServiceHostContract;
import io.cordon.agent.os.windows.service.ServiceStatus.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsServiceHostTest extends ServiceHostContract {
    private final List<ServiceStatus> statuses = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final ServiceReports reports = new ServiceReports() {
        @Override
        public void status(ServiceStatus status) {
            State before = statuses.isEmpty()
                    ? State.STOPPED
                    : statuses.get(statuses.size() - 1).state();
            statuses.add(status);
            if (status.state() == State.STOP_PENDING) {
                words.add("stopping");
            } else if (status.state() == State.RUNNING && before == State.RUNNING) {
                words.add("alive");
            }
        }

        @Override
        public void event(EventKind kind, String text) {
            switch (kind) {
                case STARTED -> words.add("ready " + text.replaceFirst(".*: ", ""));
                // The state is said again with every text.
                case STATUS -> words.set(words.size() - 1, "status " + text);
                default -> words.add(kind + " " + text);
            }
        }
    };
    private final WindowsServiceHost host = new WindowsServiceHost(reports);

    @Override
    protected ServiceHost host() {
        return host;
    }

    @Override
    protected List<String> told() {
        return words;
    }

    private ServiceStatus last() {
        return statuses.get(statuses.size() - 1);
    }

    @Test
    void aStartMovesItsCheckPointAndTakesNoControls() {
        assertEquals(new ServiceStatus(State.START_PENDING, 0, 0, 1, WindowsServiceHost.WAIT_HINT), last());
        host.alive();
        assertEquals(new ServiceStatus(State.START_PENDING, 0, 0, 2, WindowsServiceHost.WAIT_HINT), last());
    }

    @Test
    void aRunningServiceTakesStopShutdownAndPreshutdown() {
        host.ready("policy v1");
        assertEquals(0x105, last().accepted());
        assertEquals(0, last().checkPoint());
    }

    @Test
    void aStopIsAnsweredAtOnceAndOnce() {
        host.ready("policy v1");
        assertTrue(host.askedToStop());
        assertEquals(State.STOP_PENDING, last().state());
        assertFalse(host.askedToStop());
        host.ready("again");
        assertEquals(State.STOP_PENDING, last().state());
    }

    @Test
    void theExitCodeOfTheFailedPhaseIsTheLastWord() {
        host.stopped(77, "needs an administrator");
        assertEquals(new ServiceStatus(State.STOPPED, 0, 77, 0, java.time.Duration.ZERO), last());
        assertEquals(List.of("FAILED needs an administrator"), words);
        int told = statuses.size();
        host.interrogated();
        assertEquals(told, statuses.size());
    }
}
