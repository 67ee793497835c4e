package io.cordon.agent.os.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cordon.agent.os.ServiceHost;
import io.cordon.agent.os.ServiceHostContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a program in the place of {@code systemd-notify} that writes down what it was told. */
class SystemdHostTest extends ServiceHostContract {
    @TempDir
    Path dir;

    private Path log() {
        return dir.resolve("told");
    }

    private String notifier() throws IOException {
        Path program = dir.resolve("systemd-notify");
        Files.writeString(program, """
                #!/bin/sh
                test "$NOTIFY_SOCKET" = /run/notify || exit 1
                for state; do printf '%%s;' "$state"; done >> %1$s
                echo >> %1$s
                """.formatted(log()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }

    @Override
    protected ServiceHost host() throws IOException {
        return new SystemdHost(Map.of("NOTIFY_SOCKET", "/run/notify"), notifier());
    }

    @Override
    protected List<String> told() throws IOException {
        List<String> words = new ArrayList<>();
        String pid = "MAINPID=" + ProcessHandle.current().pid() + ";";
        for (String line : Files.readAllLines(log())) {
            String text = line.contains("STATUS=") ? line.replaceFirst(".*STATUS=([^;]*);.*", " $1") : "";
            if (line.startsWith("READY=1;") && line.endsWith(pid)) {
                words.add("ready" + text);
            } else {
                words.add(
                        switch (line.replaceFirst("=.*", "")) {
                            case "STATUS" -> "status" + text;
                            case "STOPPING" -> "stopping";
                            case "WATCHDOG" -> "alive";
                            default -> line;
                        });
            }
        }
        return words;
    }

    @Test
    void aStatusCannotSayMoreThanOneThing() throws IOException {
        host().status("fine\nREADY=1");
        assertEquals(List.of("status fine READY=1"), told());
    }

    @Test
    void inTheForegroundNobodyIsTold() throws IOException {
        ServiceHost foreground = new SystemdHost(Map.of("WATCHDOG_USEC", "1000"), notifier());
        foreground.ready("x");
        assertFalse(Files.exists(log()));
        assertEquals(Optional.empty(), foreground.watchdogInterval());
    }

    @Test
    void aMissingProgramDoesNotEndTheAgent() {
        new SystemdHost(
                        Map.of("NOTIFY_SOCKET", "/run/notify"),
                        dir.resolve("missing").toString())
                .ready("x");
        assertFalse(Files.exists(log()));
    }

    @Test
    void signsOfLifeAreDueTwiceAsOftenAsSystemdWaits() {
        assertEquals(
                Optional.of(Duration.ofSeconds(15)),
                new SystemdHost(Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "30000000"))
                        .watchdogInterval());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "soon", "99999999999999999999"})
    void aWatchdogThatMakesNoSenseIsNone(String micros) {
        assertEquals(
                Optional.empty(),
                new SystemdHost(Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", micros)).watchdogInterval());
    }
}
