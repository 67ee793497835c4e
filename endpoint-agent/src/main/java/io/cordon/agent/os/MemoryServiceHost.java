package io.cordon.agent.os;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The reference: nobody is told, and what would have been said can be read. */
public final class MemoryServiceHost implements ServiceHost {
    private final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    public void ready(String status) {
        said.add("ready " + status);
    }

    @Override
    public void status(String status) {
        said.add("status " + status);
    }

    @Override
    public void stopping() {
        said.add("stopping");
    }

    @Override
    public void alive() {
        said.add("alive");
    }

    @Override
    public Optional<Duration> watchdogInterval() {
        return Optional.empty();
    }

    public List<String> said() {
        return List.copyOf(said);
    }
}
