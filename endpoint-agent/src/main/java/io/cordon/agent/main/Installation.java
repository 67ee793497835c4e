package io.cordon.agent.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the agent's own programs are: beside it, as the wrapper {@code bin/cordon-agent} says in {@code cordon.home}.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code libexec}
 */
record Installation(Path home) {
    /** Never searched on the PATH: what confines must be the system's own, owned by root. */
    private static final List<Path> BUBBLEWRAP =
            List.of(Path.of("/usr/bin/bwrap"), Path.of("/usr/local/bin/bwrap"), Path.of("/bin/bwrap"));

    static Installation here(Machine machine) throws CommandException {
        @Nullable String home = System.getProperty("cordon.home");
        if (home == null) {
            home = machine.defaultHome().map(Path::toString).orElse(null);
        }
        if (home == null) {
            throw new CommandException(
                    ExitCode.BAD_CONFIG, "cordon.home is not set. Start the agent with its own bin/cordon-agent");
        }
        return new Installation(Path.of(home));
    }

    Path spawner() {
        return home.resolve("libexec/cordon-spawner");
    }

    /** Absolute, as coding agents are told it and as hooks write it. */
    Path launcher(Machine machine) {
        return home.resolve("bin").resolve(machine.launcherName()).toAbsolutePath();
    }

    /** @throws CommandException when it is not installed */
    Path bubblewrap() throws CommandException {
        return BUBBLEWRAP.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ExitCode.OS,
                        "bubblewrap is missing (looked at " + String.join(", ", names())
                                + "); without it nothing can be confined. Install it: apt install bubblewrap, dnf install"
                                + " bubblewrap"));
    }

    private static List<String> names() {
        return BUBBLEWRAP.stream().map(Objects::toString).toList();
    }
}
