package io.cordon.agent.broker;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a path leads when its links are followed. */
final class RealPaths {
    private static final int LONGEST = 4096;

    private RealPaths() {}

    /**
     * The path with all links followed, also where its end does not exist; itself where that cannot be looked at.
     *
     * @param path absolute
     * @return empty when the links lead nowhere
     */
    static Optional<String> follow(String path) {
        if (path.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Path rest = Path.of("");
            for (Path at = Path.of(path); at != null; at = at.getParent()) {
                if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.of(at.toRealPath().resolve(rest).normalize().toString());
                }
                Path name = at.getFileName();
                rest = name == null ? rest : name.resolve(rest);
            }
            return Optional.of(path);
        } catch (AccessDeniedException e) {
            return Optional.of(path);
        } catch (NoSuchFileException e) {
            // A link to something that does not exist: writing through it would make that.
            return Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
