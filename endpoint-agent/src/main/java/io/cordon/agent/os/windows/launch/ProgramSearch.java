package io.cordon.agent.os.windows.launch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the program of a command as the sandbox account sees it. A bare name is searched in {@code PATH} only, never in the
 * working directory, which is where a confined process may write.
 */
final class ProgramSearch {
    private static final String STAGE = "command";
    private static final List<String> NATIVE = List.of(".com", ".exe");
    private static final List<String> BATCH = List.of(".bat", ".cmd");

    private final MachineFacts machine;

    ProgramSearch(MachineFacts machine) {
        this.machine = machine;
    }

    Program find(List<String> argv, Map<String, String> env, String cwd, FileLookup files) throws LaunchException {
        String word = argv.get(0);
        if (word.isBlank() || word.indexOf('"') >= 0 || word.indexOf('\0') >= 0) {
            throw new LaunchException(STAGE, "program name \"" + word + "\" (expected: a path or a name)");
        }
        String path = isPath(word) ? explicit(word, env, cwd, files) : searched(word, env, files);
        String extension = extension(path);
        if (BATCH.contains(extension)) {
            String interpreter = machine.systemRoot() + "\\System32\\cmd.exe";
            return new Program(interpreter, BatchCommandLine.of(interpreter, path, argv.subList(1, argv.size())));
        }
        if (!NATIVE.contains(extension)) {
            throw new LaunchException(
                    STAGE,
                    path
                            + ": Windows starts no such file by itself; name its interpreter, for example powershell -File");
        }
        List<String> words = new ArrayList<>(argv);
        words.set(0, path);
        return new Program(path, CommandLine.of(words));
    }

    private static boolean isPath(String word) {
        return word.indexOf('\\') >= 0 || word.indexOf('/') >= 0 || word.indexOf(':') >= 0;
    }

    private String explicit(String word, Map<String, String> env, String cwd, FileLookup files) throws LaunchException {
        String path = absolute(word.replace('/', '\\'), cwd);
        @Nullable String found = withExtension(path, env, files);
        if (found == null) {
            found = SandboxEnvironment.isStore(path) ? inPlaceOfAlias(name(path), files) : null;
        }
        if (found == null) {
            throw new LaunchException(
                    STAGE,
                    SandboxEnvironment.isStore(path)
                            ? path
                                    + ": programs of the Store do not start confined; install the program outside the Store"
                            : path + ": not found, or not visible to the sandbox account");
        }
        return found;
    }

    private static String absolute(String path, String cwd) throws LaunchException {
        if (path.matches("(?s)[A-Za-z]:\\\\.*") && path.indexOf(':', 2) < 0) {
            return normal(path);
        }
        if (path.startsWith("\\\\") || path.indexOf(':') >= 0) {
            // Shares and devices; "C:name" depends on a working directory per drive, and "name:stream" is no program.
            throw new LaunchException(STAGE, path + " (expected: a path on a local drive, such as C:\\tools\\a.exe)");
        }
        return normal(
                path.startsWith("\\") ? cwd.substring(0, 2) + path : cwd + (cwd.endsWith("\\") ? "" : "\\") + path);
    }

    /** Without {@code .} and {@code ..}, which Windows resolves in the text, too. */
    private static String normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.substring(3).split("\\\\")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return path.substring(0, 3) + String.join("\\", parts);
    }

    private String searched(String name, Map<String, String> env, FileLookup files) throws LaunchException {
        for (String folder : env.getOrDefault("PATH", "").split(";")) {
            if (folder.matches("(?s)[A-Za-z]:\\\\.*")) {
                @Nullable String found = withExtension(folder + (folder.endsWith("\\") ? "" : "\\") + name, env, files);
                if (found != null) {
                    return found;
                }
            }
        }
        @Nullable String known = inPlaceOfAlias(name, files);
        if (known != null) {
            return known;
        }
        throw new LaunchException(STAGE, name + ": not found in the PATH of the confined command");
    }

    private @Nullable String withExtension(String path, Map<String, String> env, FileLookup files) {
        if (!extension(path).isEmpty() && isUsable(path, files)) {
            return path;
        }
        for (String extension : env.getOrDefault("PATHEXT", "").split(";")) {
            String known = extension.toLowerCase(Locale.ROOT);
            if ((NATIVE.contains(known) || BATCH.contains(known)) && isUsable(path + known, files)) {
                return path + known;
            }
        }
        return null;
    }

    private static boolean isUsable(String path, FileLookup files) {
        return !SandboxEnvironment.isStore(path) && files.kind(path) == FileLookup.Kind.FILE;
    }

    /** PowerShell is what coding agents start most, and where it comes from the Store its plain forms do the same. */
    private @Nullable String inPlaceOfAlias(String name, FileLookup files) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.exe$", "");
        @Nullable
        String path =
                switch (plain) {
                    case "pwsh" -> machine.programFiles() + "\\PowerShell\\7\\pwsh.exe";
                    case "powershell" -> machine.systemRoot() + "\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
                    default -> null;
                };
        return path != null && isUsable(path, files) ? path : null;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    private static String extension(String path) {
        String name = name(path);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }
}
