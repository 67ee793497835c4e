package io.cordon.agent.provision;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the agent keeps things.
 *
 * @param data durable state, readable by the agent only
 * @param runtime the local socket; gone after a restart of the machine
 */
public record AgentLayout(Path data, Path runtime) {
    public AgentLayout {
        data = data.toAbsolutePath().normalize();
        runtime = runtime.toAbsolutePath().normalize();
    }

    public Path identity() {
        return data.resolve("identity");
    }

    public Path trust() {
        return data.resolve("trust");
    }

    public Path policy() {
        return data.resolve("policy");
    }

    public Path ledger() {
        return data.resolve("ledger");
    }

    public Path spool() {
        return data.resolve("spool");
    }

    /** The spool of what coding agents report. */
    public Path eventSpool() {
        return spool().resolve("events");
    }

    /** The socket local callers connect to. */
    public Path socket() {
        return runtime.resolve("agent.sock");
    }

    /** What no confined process may ever see. */
    public List<Path> hidden() {
        return List.of(data, runtime);
    }
}
