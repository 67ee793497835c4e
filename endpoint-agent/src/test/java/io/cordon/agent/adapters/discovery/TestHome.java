package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;

/** The home of a user who is not root, filled by a test. */
final class TestHome {
    private static final String USER = "nobody";

    final Path path;

    TestHome(Path path) throws IOException {
        this.path = Files.createDirectories(path);
        own(path);
    }

    String user() {
        return USER;
    }

    Path file(String name, String text) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        ownAll();
        return file;
    }

    Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(path.resolve(name));
        ownAll();
        return folder;
    }

    void link(String name, String target) throws IOException {
        Path link = path.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
        ownAll();
    }

    void npm(String folder, String name, String version, String program) throws IOException {
        file(
                folder + "/" + name + "/package.json",
                "{\"name\":\"" + name + "\",\"version\":\"" + version + "\",\"bin\":{\"x\":\"./" + program + "\"}}");
        file(folder + "/" + name + "/" + program, "#!/usr/bin/env node\n");
    }

    FileTree tree() throws IOException {
        return GuardedTree.of(path);
    }

    private void ownAll() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                own(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                own(file);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void own(Path path) throws IOException {
        UserPrincipal user =
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
        Files.getFileAttributeView(
                        path, java.nio.file.attribute.FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(user);
    }
}
