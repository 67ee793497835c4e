package io.cordon.agent.os.linux;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.FileAccessContract;
import io.cordon.agent.os.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same promises over this machine's own file system, below a folder in {@code /home}; needs root to give files away. */
class RealLinuxFileAccessTest extends FileAccessContract {
    private static final int UID = 12_345;

    private Path top;

    @BeforeEach
    void make() throws IOException {
        top = Files.createTempDirectory(Path.of("/home"), "cordon-it-");
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(Path.of(project(), ".git/hooks"));
        Files.createDirectories(Path.of(project(), "src"));
        Files.createDirectories(Path.of(home(), ".ssh"));
        Files.writeString(Path.of(project(), ".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(Path.of(home(), ".ssh/id"), "secret");
        for (Path path : all(Path.of(home()))) {
            Files.setAttribute(path, "unix:uid", UID);
        }
        Files.createDirectories(Path.of(cordon(), "identity"));
        Files.createFile(Path.of(cordon(), "identity/key.pem"));
    }

    private static List<Path> all(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }

    @AfterEach
    void remove() throws IOException {
        for (Path path : all(top)) {
            Files.delete(path);
        }
    }

    @Override
    protected String home() {
        return top + "/ada";
    }

    @Override
    protected String project() {
        return home() + "/project";
    }

    @Override
    protected String cordon() {
        return top + "/cordon";
    }

    @Override
    protected Principal ada() {
        return new Principal("ada", new Account.Posix(UID, UID, List.of(UID)), home());
    }

    @Override
    protected FileAccess files() {
        return new LinuxFileAccess(new RealFileProbe(), List.of(Path.of(cordon())), path -> false);
    }
}
