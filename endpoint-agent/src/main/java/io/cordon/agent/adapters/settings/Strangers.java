package io.cordon.agent.adapters.settings;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that others have put beside Cordon's, as the sentences of {@link ForeignSettings#found}. */
public final class Strangers {
    private static final int MOST = 32;

    private Strangers() {}

    /** @param says what the file means, for after its path; empty result where there is no file */
    public static List<String> file(Path file, String says) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? List.of(file + " is not Cordon's" + says) : List.of();
    }

    /**
     * Files of a folder.
     *
     * @param glob which files the agent reads
     * @param own the one that Cordon keeps there, or nothing
     * @param says what such a file means, for after its path
     */
    public static List<String> in(Path folder, String glob, String own, String says) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            for (Path each : files) {
                if (!each.getFileName().toString().equals(own) && found.size() < MOST) {
                    found.add(each + " is not Cordon's" + says);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // The usual case.
        } catch (IOException | DirectoryIteratorException e) {
            found.add(folder + " cannot be listed: " + e.getMessage());
        }
        return found.stream().sorted().toList();
    }
}
