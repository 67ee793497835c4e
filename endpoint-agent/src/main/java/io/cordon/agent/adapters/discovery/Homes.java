package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The homes of this machine that are looked into, at most {@link #MOST}. */
public final class Homes {
    static final int MOST = 200;
    private static final int MOST_LINES = 20_000;
    private static final Set<String> NOBODYS = Set.of("public", "default", "default user", "all users");

    private Homes() {}

    /**
     * On Linux: those of the accounts in {@code passwd} that own theirs, and the folders beside each other in {@code parent} that
     * belong to an account other than root.
     */
    public static List<Path> linux(Path passwd, Path parent) throws IOException {
        Map<Path, Integer> homes = new LinkedHashMap<>();
        try (var lines = Files.lines(passwd, StandardCharsets.ISO_8859_1)) {
            lines.limit(MOST_LINES).map(line -> line.split(":", -1)).forEach(fields -> {
                if (fields.length >= 7 && fields[2].matches("\\d{1,9}") && fields[5].matches("/[^\\x00]+")) {
                    homes.putIfAbsent(Path.of(fields[5]).normalize(), Integer.parseInt(fields[2]));
                }
            });
        }
        List<Path> found = new ArrayList<>();
        homes.forEach((home, uid) -> {
            if (owner(home) == uid && found.size() < MOST) {
                found.add(home);
            }
        });
        for (Path home : folders(parent)) {
            if (!homes.containsKey(home) && owner(home) > 0 && found.size() < MOST) {
                found.add(home);
            }
        }
        return found;
    }

    /** On Windows: the profiles in {@code parent} but for those of nobody. */
    public static List<Path> windows(Path parent) throws IOException {
        return folders(parent).stream()
                .filter(home ->
                        !NOBODYS.contains(String.valueOf(home.getFileName()).toLowerCase(Locale.ROOT)))
                .limit(MOST)
                .toList();
    }

    private static List<Path> folders(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (!Files.isDirectory(parent)) {
            return folders;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(entry);
                }
            }
        }
        folders.sort(null);
        return folders;
    }

    /** The owner of a folder, -1 when there is no folder. */
    private static int owner(Path home) {
        try {
            return Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)
                            && Files.getAttribute(home, "unix:uid", LinkOption.NOFOLLOW_LINKS) instanceof Integer uid
                    ? uid
                    : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
