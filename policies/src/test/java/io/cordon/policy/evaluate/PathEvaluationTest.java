package io.cordon.policy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.policy.Documents;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.resolve.ResolvedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathEvaluationTest {

    private static final ResolvedPolicy POLICY = Documents.resolve(
                    "small",
                    Documents.policy("allow", "")
                            .replace("\"~/.aws\"", "\"~/.aws\", \"/run/user/*/bus\", \"C:/Secrets\"")
                            .replace(".git/hooks\"", ".git/hooks\", \"packages/*/hooks\""))
            .policy();

    private static final PathContext LINUX =
            new PathContext("linux", "/home/dev", "/home/dev/project", "/tmp/run", "/home/dev/project/sub");
    private static final PathContext WINDOWS = new PathContext(
            "windows", "C:\\Users\\dev", "C:\\Users\\dev\\project", "C:\\Temp", "C:\\Users\\dev\\project");
    private static final PathContext MACOS =
            new PathContext("macos", "/Users/dev", "/Users/dev/project", "/private/tmp", "/Users/dev/project");

    @ParameterizedTest
    @CsvSource({
        "~/.ssh, READ, read-deny:~/.ssh, /home/dev/.ssh",
        "~/.ssh/, READ, read-deny:~/.ssh, /home/dev/.ssh",
        "~/.sshx, READ, default, /home/dev/.sshx",
        "~/.SSH, READ, default, /home/dev/.SSH",
        "/home/dev//.ssh/./id, READ, read-deny:~/.ssh, /home/dev/.ssh/id",
        "../../.aws/credentials, READ, read-deny:~/.aws, /home/dev/.aws/credentials",
        "/../../home/dev/.aws, READ, read-deny:~/.aws, /home/dev/.aws",
        "/run/user/1000/bus, READ, read-deny:/run/user/*/bus, /run/user/1000/bus",
        "/run/user/1000/x/bus, READ, default, /run/user/1000/x/bus",
        "/proc/self/root/home/dev/.ssh, READ, read-deny:~/.ssh, /home/dev/.ssh",
        "/proc/123/task/124/root/proc/self/root/home/dev/.ssh/id, READ, read-deny:~/.ssh, /home/dev/.ssh/id",
        "/proc/self/cwd/../../.ssh, READ, read-deny:~/.ssh, /home/dev/.ssh",
        "~/.ssh/x, WRITE, read-deny:~/.ssh, /home/dev/.ssh/x",
        "x, WRITE, root:${workspace}, /home/dev/project/sub/x",
        "/tmp/run/x, WRITE, root:${tmp}, /tmp/run/x",
        "/tmp/x, WRITE, outside-roots, /tmp/x",
        "../.git/hooks/pre-commit, WRITE, protected:${workspace}/.git/hooks, /home/dev/project/.git/hooks/pre-commit",
        "../.git/index, WRITE, root:${workspace}, /home/dev/project/.git/index",
        "../packages/a/hooks/x, WRITE, protected:${workspace}/packages/*/hooks, /home/dev/project/packages/a/hooks/x",
        "/tmp/run/.git/hooks, WRITE, protected:${tmp}/.git/hooks, /tmp/run/.git/hooks",
        "'', READ, invalid-path, ''",
    })
    void onLinux(String path, Access access, String rule, String normalised) {
        PathDecision decision = Evaluator.path(POLICY, LINUX, path, access);
        assertEquals(rule, decision.rule());
        assertEquals(normalised, decision.path());
    }

    @ParameterizedTest
    @CsvSource({
        "C:\\Users\\dev\\.ssh\\id, READ, read-deny:~/.ssh",
        "c:/users/DEV/.SSH, READ, read-deny:~/.ssh",
        "\\\\?\\C:\\Users\\dev\\.ssh, READ, read-deny:~/.ssh",
        "C:\\Users\\dev\\.ssh.\\id, READ, read-deny:~/.ssh",
        "C:\\Users\\dev\\.ssh \\id, READ, read-deny:~/.ssh",
        "C:\\..\\Users\\dev\\.ssh, READ, read-deny:~/.ssh",
        "c:\\secrets\\x, READ, read-deny:C:/Secrets",
        "C:\\Users\\dev\\.ssh::$DATA, READ, invalid-path",
        "C:\\Users\\dev\\project\\x:stream, WRITE, invalid-path",
        "src\\x, WRITE, root:${workspace}",
        ".GIT\\Hooks\\x, WRITE, protected:${workspace}/.git/hooks",
        "D:\\x, WRITE, outside-roots",
    })
    void onWindows(String path, Access access, String rule) {
        assertEquals(rule, Evaluator.path(POLICY, WINDOWS, path, access).rule());
    }

    @ParameterizedTest
    @CsvSource({"~/.SSH/id, READ, read-deny:~/.ssh", "/users/dev/.Ssh, READ, read-deny:~/.ssh"})
    void onMacosCaseDoesNotMatter(String path, Access access, String rule) {
        assertEquals(rule, Evaluator.path(POLICY, MACOS, path, access).rule());
    }

    @Test
    void expandsPatterns() {
        assertEquals("/home/dev/.ssh", PathPatterns.expand(new PathPattern("~/.ssh"), LINUX));
        assertEquals("/home/dev/project", PathPatterns.expand(new PathPattern("${workspace}"), LINUX));
        assertEquals("/", PathPatterns.expand(new PathPattern("/"), LINUX));
        assertEquals("/run/user/*/bus", PathPatterns.expand(new PathPattern("/run/user/*/bus"), LINUX));
        assertEquals("C:/Users/dev/.ssh", PathPatterns.expand(new PathPattern("~/.ssh"), WINDOWS));
    }
}
