package io.cordon.deploy.e2e;

import io.cordon.deploy.quickstart.Launch;
import io.cordon.deploy.quickstart.QuickstartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The machine as a coding agent sees it on a managed workstation, in a mount namespace of its own so that the settings of whoever runs the
 * tests stay as they are: {@code /etc} with what Cordon wrote laid over, the agent's socket at its usual place, and the agents' programs.
 */
final class ManagedMachine {
    private static final String PREPARE = """
            set -eu
            folder=$1 managed=$2 socket=$3 modules=$4 target=$5
            shift 5
            rm -rf "$folder/etc" && cp -a /etc "$folder/etc" && cp -a "$managed/etc/." "$folder/etc/"
            mount --bind "$folder/etc" /etc
            mount -t tmpfs -o mode=755 tmpfs /run && mkdir /run/cordon && mount --bind "$socket" /run/cordon
            mount --bind "$modules" "$target"
            exec "$@"
            """;

    private final Workstation workstation;
    private final Path folder;
    private final Path modules;

    private ManagedMachine(Workstation workstation, Path folder, Path modules) {
        this.workstation = workstation;
        this.folder = folder;
        this.modules = modules;
    }

    static ManagedMachine of(Workstation workstation, Path folder) throws IOException {
        Path modules = Files.createDirectories(workstation.folder().resolve("modules"));
        Files.setPosixFilePermissions(modules, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ManagedMachine(workstation, folder, modules);
    }

    /** Where the agents' programs are, for the developer. */
    Path modules() {
        return modules;
    }

    /** Runs a command as the developer. */
    Launch run(Path project, Map<String, String> environment, List<String> command)
            throws QuickstartException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "--",
                "sh",
                "-c",
                PREPARE,
                "managed-machine",
                folder.toString(),
                workstation.managedSettings().toString(),
                workstation.agent().socket().getParent().toString(),
                workstation.checkout().root().resolve("deploy/e2e/agents/node_modules").toString(),
                modules.toString()));
        List<String> clean = new ArrayList<>(List.of(
                "env",
                "-i",
                "PATH=/usr/local/bin:/usr/bin:/bin",
                "HOME=" + workstation.developer().home(),
                "USER=" + workstation.developer().name()));
        environment.forEach((key, value) -> clean.add(key + "=" + value));
        clean.addAll(command);
        argv.addAll(List.of(workstation.developer().asUser(clean.toArray(String[]::new))));
        return Launch.run(argv, workstation.agent().socket(), project);
    }
}
