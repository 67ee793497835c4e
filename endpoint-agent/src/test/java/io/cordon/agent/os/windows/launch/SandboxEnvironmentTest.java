package io.cordon.agent.os.windows.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cordon.agent.os.windows.SandboxAccount;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxEnvironmentTest {
    private static Map<String, String> of(Map<String, String> run) {
        return new SandboxEnvironment(Windows.FACTS).of(run, SandboxAccount.OFFLINE, FakeMachine.PROFILE);
    }

    /** Pitfall 16: the secure channel and many tools look into the profile that these name. */
    @Test
    void isThatOfTheSandboxAccountWhateverTheCallerHas() {
        Map<String, String> env = of(Map.of(
                "USERPROFILE", "C:\\Users\\ada",
                "userName", "ada",
                "SYSTEMROOT", "C:\\evil",
                "ComSpec", "C:\\evil\\cmd.exe",
                "OneDrive", "C:\\Users\\ada\\OneDrive"));
        assertEquals("CordonOffline", env.get("USERNAME"));
        assertEquals("DESK-7", env.get("USERDOMAIN"));
        assertEquals(FakeMachine.PROFILE, env.get("USERPROFILE"));
        assertEquals("C:", env.get("HOMEDRIVE"));
        assertEquals("\\Users\\CordonOffline", env.get("HOMEPATH"));
        assertEquals(FakeMachine.PROFILE, env.get("HOME"));
        assertEquals(FakeMachine.PROFILE + "\\AppData\\Roaming", env.get("APPDATA"));
        assertEquals(FakeMachine.PROFILE + "\\AppData\\Local", env.get("LOCALAPPDATA"));
        assertEquals(FakeMachine.PROFILE + "\\AppData\\Local\\Temp", env.get("TEMP"));
        assertEquals(FakeMachine.PROFILE + "\\AppData\\Local\\Temp", env.get("tmp"));
        assertEquals("C:\\Windows", env.get("SystemRoot"));
        assertEquals("C:\\Windows\\system32\\cmd.exe", env.get("COMSPEC"));
        assertFalse(env.containsKey("ONEDRIVE"));
    }

    @Test
    void temporaryFilesGoToTheFolderThatThePolicyOpensForTheRun() {
        assertEquals("D:\\private", of(Map.of("TEMP", "D:\\private")).get("TEMP"));
    }

    @Test
    void pathIsTheCallersThenTheMachinesEachFolderOnceAndNothingOfTheStore() {
        Map<String, String> env = of(Map.of(
                "PATH",
                "C:\\tools;C:\\WINDOWS\\System32;;C:\\Users\\ada\\AppData\\Local\\Microsoft\\WindowsApps;"
                        + "C:\\Program Files\\WindowsApps\\x"));
        assertEquals("C:\\tools;C:\\WINDOWS\\System32;C:\\Windows", env.get("Path"));
        assertEquals(".COM;.EXE;.BAT;.CMD;.VBS;.JS", env.get("PATHEXT"));
    }

    /** Pitfall 22: a name such as setup.exe makes Windows ask for elevation unless this says otherwise. */
    @Test
    void programsRunAsTheirInvoker() {
        assertEquals("RunAsInvoker", of(Map.of("__COMPAT_LAYER", "RunAsAdmin")).get("__COMPAT_LAYER"));
    }

    /** Pitfall 19, seen from inside: every repository belongs to somebody else. */
    @Test
    void gitTrustsTheRepositoriesAndKeepsOtherSettings() {
        Map<String, String> env =
                of(Map.of("GIT_CONFIG_COUNT", "1", "GIT_CONFIG_KEY_0", "a.b", "GIT_CONFIG_VALUE_0", "c"));
        assertEquals("2", env.get("GIT_CONFIG_COUNT"));
        assertEquals("a.b", env.get("GIT_CONFIG_KEY_0"));
        assertEquals("safe.directory", env.get("GIT_CONFIG_KEY_1"));
        assertEquals("*", env.get("GIT_CONFIG_VALUE_1"));
        assertEquals("more.com", env.get("GIT_PAGER"));
        assertEquals("1", of(Map.of("GIT_CONFIG_COUNT", "x")).get("GIT_CONFIG_COUNT"));
    }

    @Test
    void theBlockIsSortedWithoutCaseAndEndsTwice() throws Exception {
        assertEquals("a=1\0B=\u00fc\0c=\0\0", EnvironmentBlock.of(Map.of("c", "", "B", "\u00fc", "a", "1")));
        assertEquals("\0\0", EnvironmentBlock.of(Map.of()));
    }

    @Test
    void theBlockRefusesWhatWouldBeAnotherVariable() {
        for (Map<String, String> wrong : java.util.List.of(
                Map.of("", "x"),
                Map.of("a=b", "x"),
                Map.of("a", "x\0PATH=evil"),
                Map.of("a\0b", "x"),
                Map.of("a", "x".repeat(EnvironmentBlock.MAX_VARIABLE)))) {
            assertThrows(LaunchException.class, () -> EnvironmentBlock.of(wrong));
        }
    }
}
