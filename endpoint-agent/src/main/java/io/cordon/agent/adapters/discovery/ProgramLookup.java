package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which file a command word starts, all links followed, as the caller's working directory and PATH say. */
final class ProgramLookup {
    private static final int MOST_FOLDERS = 128;
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final List<String> WINDOWS_ENDINGS = List.of("", ".exe", ".cmd", ".bat", ".ps1");

    private final boolean windows;

    ProgramLookup(boolean windows) {
        this.windows = windows;
    }

    /** Empty when there is none: then nothing would start. */
    Optional<String> find(String word, String cwd, Map<String, String> env) {
        try {
            if (word.indexOf('/') >= 0 || windows && word.indexOf('\\') >= 0) {
                return resolved(Path.of(cwd).resolve(word));
            }
            String[] folders = path(env).split(windows ? ";" : ":", MOST_FOLDERS + 1);
            for (int i = 0; i < Math.min(folders.length, MOST_FOLDERS); i++) {
                Optional<String> found =
                        resolved(Path.of(cwd).resolve(folders[i]).resolve(word));
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (InvalidPathException e) {
            // what is no path starts nothing
        }
        return Optional.empty();
    }

    private String path(Map<String, String> env) {
        if (!windows) {
            return env.getOrDefault("PATH", USUAL_PATH);
        }
        return env.entrySet().stream()
                .filter(variable -> variable.getKey().equalsIgnoreCase("PATH"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private Optional<String> resolved(Path path) {
        for (String ending : windows ? WINDOWS_ENDINGS : List.of("")) {
            @Nullable Path name = path.getFileName();
            if (name == null) {
                return Optional.empty();
            }
            Path candidate = path.resolveSibling(name + ending);
            try {
                if (Files.isRegularFile(candidate) && (windows || Files.isExecutable(candidate))) {
                    return Optional.of(candidate.toRealPath().toString());
                }
            } catch (IOException e) {
                // gone meanwhile, or not to be reached: the next one
            }
        }
        return Optional.empty();
    }

    /** A script that an interpreter is given, all links followed; empty when there is none. */
    Optional<String> script(String word, String cwd) {
        try {
            Path path = Path.of(cwd).resolve(word);
            return Files.isRegularFile(path) ? Optional.of(path.toRealPath().toString()) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
