package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.access.Capabilities;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import java.time.Clock;
import java.time.Duration;

/** The launcher of a test on a machine that may be busy: nobody is sent away, or told an end early, for being slow. */
public final class PatientLauncher {
    private static final Duration LONG = Duration.ofSeconds(120);

    private PatientLauncher() {}

    public static PipeLauncher of(
            PipeListener.Source pipe,
            Machine machine,
            MachineFacts facts,
            SandboxSids sandbox,
            Capabilities capabilities) {
        return new PipeLauncher(
                pipe,
                new Chain(machine, facts, System::nanoTime),
                sandbox,
                capabilities,
                new ChannelLimits(600, 160, 64, LONG, LONG, LONG, ChannelLimits.DEFAULT.settle()),
                Clock.systemUTC(),
                "9");
    }
}
