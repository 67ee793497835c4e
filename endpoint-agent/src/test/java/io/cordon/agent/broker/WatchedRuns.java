package io.cordon.agent.broker;

import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.ProcessLauncher;
import io.cordon.agent.os.RunListener;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A launcher of whose runs a test sees how far they are. */
final class WatchedRuns implements ProcessLauncher {
    private final ProcessLauncher real;
    private final Set<Long> open = ConcurrentHashMap.newKeySet();
    private final List<String> executed = new CopyOnWriteArrayList<>();

    WatchedRuns(ProcessLauncher real) {
        this.real = real;
    }

    /** Whether each run that was launched was recorded, or will not be because it never ran or is lost. */
    boolean areOver() {
        return open.isEmpty();
    }

    /** The programs that processes of runs became, as far as the launcher told. */
    List<String> executed() {
        return executed;
    }

    /** Runs that have ended do not add to it any more. */
    void forgetExecuted() {
        executed.clear();
    }

    @Override
    public void launch(long id, ConfinementPlan plan, RunListener listener) {
        open.add(id);
        real.launch(id, plan, new RunListener() {
            @Override
            public void started(long pid, Instant at) {
                listener.started(pid, at);
            }

            @Override
            public void process(ProcessEvent event) {
                listener.process(event);
                if (event.executable() != null) {
                    executed.add(event.executable());
                }
            }

            @Override
            public void exited(Exit exit) {
                listener.exited(exit);
            }

            @Override
            public void failed(String stage, String error) {
                listener.failed(stage, error);
                open.remove(id);
            }

            @Override
            public void lost(String why) {
                listener.lost(why);
                open.remove(id);
            }
        });
    }

    @Override
    public void kill(long id, String reason) {
        real.kill(id, reason);
    }

    @Override
    public void recorded(long id) {
        open.remove(id);
        real.recorded(id);
    }

    @Override
    public Features features() {
        return real.features();
    }
}
