package io.cordon.agent.os.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.SandboxUsers;
import io.cordon.agent.os.SandboxUsersContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswdUsersTest extends SandboxUsersContract {
    private static final List<String> NO_NAME_SERVICE = List.of("false");

    @TempDir
    Path dir;

    private Path passwd;

    @BeforeEach
    void write() throws IOException {
        passwd = Files.writeString(dir.resolve("passwd"), """
                root:x:0:0:root:/root:/bin/sh
                # a comment, and lines that are none
                ada:x:1000:1000:Ada,,,:/home/ada/:/bin/sh
                shadow:x:1000:1000::/home/shadow:/bin/sh
                homeless:x:1001:1001::nowhere:/bin/sh
                broken:x:ten:10::/home/broken:/bin/sh
                short:x:1002
                """);
    }

    @Override
    protected SandboxUsers users() {
        return new PasswdUsers(passwd, NO_NAME_SERVICE);
    }

    @Test
    void anAccountWithoutAHomeIsRefused() {
        assertInstanceOf(SandboxUsers.Lookup.Unknown.class, users().principalFor(caller(1001, 1001)));
    }

    @Test
    void aChangedPasswdFileIsReadAgain() throws IOException {
        SandboxUsers users = users();
        assertInstanceOf(SandboxUsers.Lookup.Unknown.class, users.principalFor(caller(2000, 2000)));
        Files.writeString(passwd, "eve:x:2000:2000::/home/eve:/bin/sh\n");
        assertInstanceOf(SandboxUsers.Lookup.Known.class, users.principalFor(caller(2000, 2000)));
        assertInstanceOf(SandboxUsers.Lookup.Unknown.class, users.principalFor(caller(ADA, ADA)));
    }

    @Test
    void whoIsNotInTheFileIsAskedForAtTheNameServiceByNumber() {
        SandboxUsers users = new PasswdUsers(
                passwd, List.of("sh", "-c", "test \"$1\" = 3000 && echo 'dir:x:3000:3000::/home/dir:/bin/sh'", "sh"));
        SandboxUsers.Lookup.Known known =
                assertInstanceOf(SandboxUsers.Lookup.Known.class, users.principalFor(caller(3000, 3000)));
        assertEquals("dir", known.principal().name());
        assertInstanceOf(SandboxUsers.Lookup.Unknown.class, users.principalFor(caller(3001, 3001)));
    }

    @Test
    void anAnswerOfTheNameServiceForSomebodyElseIsNotBelieved() {
        SandboxUsers users = new PasswdUsers(passwd, List.of("echo", "root:x:0:0:root:/root:/bin/sh"));
        assertInstanceOf(SandboxUsers.Lookup.Unknown.class, users.principalFor(caller(3000, 3000)));
    }

    @Test
    void rootOfThisMachineIsKnownByItsOwnFiles() {
        SandboxUsers.Lookup.Known known =
                assertInstanceOf(SandboxUsers.Lookup.Known.class, new PasswdUsers().principalFor(caller(0, 0)));
        assertEquals("root", known.principal().name());
        assertTrue(known.principal().home().startsWith("/"));
    }
}
