package io.cordon.agent.main;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/** {@code cordon-agent status}: what {@code cordon status} says, asked through the same socket with the same program. */
final class StatusCommand {
    private StatusCommand() {}

    static ExitCode run(List<String> words) throws CommandException, InterruptedException {
        Arguments arguments = Arguments.parse(words, Set.of("runtime"));
        Installation installation = Installation.here();
        if (!Files.isExecutable(installation.launcher())) {
            throw new CommandException(ExitCode.OS, installation.launcher() + " is missing. Install the agent again");
        }
        ProcessBuilder launcher = new ProcessBuilder(installation.launcher().toString(), "status").inheritIO();
        launcher.environment()
                .put("CORDON_SOCKET", arguments.runtime().resolve("agent.sock").toString());
        try {
            return launcher.start().waitFor() == 0 ? ExitCode.OK : ExitCode.UNREACHABLE;
        } catch (IOException e) {
            throw new CommandException(ExitCode.OS, installation.launcher() + ": " + e.getMessage());
        }
    }
}
