package io.cordon.agent.os.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The real file system, as the agent's own user sees it. */
public final class RealFileProbe implements FileProbe {
    private static final int TYPE = 0170000;
    private static final int LINE_LIMIT = 4096;

    @Override
    public Stat stat(String path) {
        try {
            Map<String, Object> found =
                    Files.readAttributes(Path.of(path), "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
            int mode = number(found, "mode");
            return new Stat(kind(mode), number(found, "uid"), number(found, "gid"), mode & 07777);
        } catch (NoSuchFileException | InvalidPathException e) {
            return Stat.MISSING;
        } catch (IOException e) {
            if (notThere(e)) {
                return Stat.MISSING;
            }
            throw new UnreadableException(path + ": cannot be looked at: " + e);
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) Objects.requireNonNull(attributes.get(name), name);
    }

    /** A component on the way is no directory (ENOTDIR), or the name is longer than any name can be. */
    private static boolean notThere(IOException e) {
        return e instanceof FileSystemException failure
                && failure.getReason() != null
                && (failure.getReason().contains("Not a directory")
                        || failure.getReason().contains("File name too long"));
    }

    private static Kind kind(int mode) {
        return switch (mode & TYPE) {
            case 0100000 -> Kind.FILE;
            case 0040000 -> Kind.DIRECTORY;
            case 0120000 -> Kind.LINK;
            default -> Kind.OTHER;
        };
    }

    @Override
    public @Nullable String canonical(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (NoSuchFileException | InvalidPathException e) {
            return null;
        } catch (IOException e) {
            if (notThere(e) || String.valueOf(e.getMessage()).contains("Too many levels of symbolic links")) {
                return null;
            }
            throw new UnreadableException(path + ": cannot be resolved: " + e);
        }
    }

    @Override
    public @Nullable List<String> names(String directory, int limit) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
            for (Path entry : entries) {
                if (names.size() == limit) {
                    return null;
                }
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException | NotDirectoryException | InvalidPathException e) {
            return List.of();
        } catch (IOException e) {
            throw new UnreadableException(directory + ": cannot be listed: " + e);
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public String firstLine(String path) {
        if (stat(path).kind() != Kind.FILE) {
            return "";
        }
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Files.newInputStream(Path.of(path)), StandardCharsets.UTF_8), LINE_LIMIT)) {
            char[] line = new char[LINE_LIMIT];
            int length = Math.max(0, reader.read(line));
            String text = new String(line, 0, length);
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end);
        } catch (IOException e) {
            throw new UnreadableException(path + ": cannot be read: " + e);
        }
    }
}
