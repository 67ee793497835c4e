package io.cordon.agent.main;

import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.enrollment.MachineId;
import io.cordon.agent.os.SecretStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Facts about this machine, read where Linux keeps them. */
final class LinuxMachine {
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final Path OS_RELEASE = Path.of("/etc/os-release");
    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path STATUS = Path.of("/proc/self/status");

    private LinuxMachine() {}

    static MachineFacts facts(SecretStore identity) throws IOException {
        return new MachineFacts(
                MachineId.of(MACHINE_ID, identity),
                Files.readString(HOSTNAME).strip(),
                "linux",
                osVersion(),
                Objects.requireNonNullElse(System.getProperty("os.arch"), "unknown"),
                version());
    }

    private static String osVersion() throws IOException {
        if (!Files.isReadable(OS_RELEASE)) {
            return "Linux";
        }
        return Files.readAllLines(OS_RELEASE).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("Linux");
    }

    /** The version that was built; "development" when run from class files. */
    static String version() {
        return Optional.ofNullable(LinuxMachine.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** The agent changes identities and mounts file systems; without root it can do nothing. */
    static void requireRoot(String command) throws CommandException {
        try {
            List<String> status = Files.readAllLines(STATUS);
            boolean root = status.stream().anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
            if (!root) {
                throw new CommandException(
                        ExitCode.NOT_ROOT, "\"cordon-agent " + command + "\" needs root. Run it with sudo");
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.OS, STATUS + " cannot be read: " + e.getMessage());
        }
    }
}
