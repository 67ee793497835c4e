package io.cordon.deploy.e2e;

import io.cordon.deploy.quickstart.Launch;
import io.cordon.deploy.quickstart.QuickstartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The machine that {@code deploy/e2e/agents/privately} makes: Cordon's agent manages the settings in its {@code /etc} and answers
 * at {@code /run/cordon}, as on a developer's machine, and nobody's own settings are touched.
 */
final class ManagedMachine {
    /** Where Cordon is installed: confined commands see it, too, which have a {@code /tmp} of their own. */
    static final Path INSTALLATION = Path.of("/mnt/cordon");

    private static final Path MODULES = Path.of("/mnt/coding-agents/node_modules");

    private ManagedMachine() {}

    static boolean isThis() {
        return Files.isDirectory(MODULES);
    }

    /** The program of a coding agent. */
    static Path program(String name) {
        return MODULES.resolve(".bin").resolve(name);
    }

    /** {@code cordon}, as the managed settings call it. */
    static Path cordon() {
        return INSTALLATION.resolve("bin/cordon");
    }

    /** Runs a coding agent as the developer, who knows nothing of Cordon. */
    static Launch run(Workstation workstation, Path project, Map<String, String> environment, List<String> command)
            throws QuickstartException, InterruptedException {
        Developer developer = workstation.developer();
        List<String> clean = new ArrayList<>(List.of(
                "env",
                "-i",
                "PATH=/usr/local/bin:/usr/bin:/bin",
                "HOME=" + developer.home(),
                "USER=" + developer.name()));
        environment.forEach((key, value) -> clean.add(key + "=" + value));
        clean.addAll(command);
        return Launch.run(
                List.of(developer.asUser(clean.toArray(String[]::new))),
                workstation.agent().socket(),
                project);
    }
}
