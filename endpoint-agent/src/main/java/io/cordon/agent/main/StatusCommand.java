package io.cordon.agent.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code cordon-agent status}: what {@code cordon status} says, asked through the same socket with the same program. */
final class StatusCommand {
    private StatusCommand() {}

    static ExitCode run(Machine machine, List<String> words) throws CommandException, InterruptedException {
        Arguments arguments = Arguments.parse(machine, words, Set.of("runtime"));
        Path launcher = Installation.here(machine).launcher(machine);
        if (!Files.isExecutable(launcher)) {
            throw new CommandException(ExitCode.OS, launcher + " is missing. Install the agent again");
        }
        ProcessBuilder process = new ProcessBuilder(launcher.toString(), "status").inheritIO();
        process.environment().putAll(machine.launcherEnvironment(arguments.runtime()));
        try {
            return process.start().waitFor() == 0 ? ExitCode.OK : ExitCode.UNREACHABLE;
        } catch (IOException e) {
            throw new CommandException(ExitCode.OS, launcher + ": " + e.getMessage());
        }
    }
}
