package io.cordon.agent.adapters.hook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The shells that vendors give their lines to. */
final class Shells {
    /** Login shell, as Codex starts it. */
    static final List<String> BASH_LOGIN = List.of("/bin/bash", "-lc");

    static final List<String> BASH = List.of("/bin/bash", "-c");
    /** Git Bash, found on the caller's PATH. */
    static final List<String> BASH_WINDOWS = List.of("bash.exe", "-c");

    static final List<String> POWERSHELL = List.of("powershell.exe", "-NoProfile", "-EncodedCommand");

    private Shells() {}

    /** The shell with the line. PowerShell takes it encoded, which spares every rule of its quoting. */
    static List<String> argv(List<String> shell, String line) {
        List<String> argv = new ArrayList<>(shell);
        argv.add(
                shell.equals(POWERSHELL)
                        ? Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_16LE))
                        : line);
        return argv;
    }
}
