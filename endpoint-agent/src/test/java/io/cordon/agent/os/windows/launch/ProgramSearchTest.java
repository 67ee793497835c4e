package io.cordon.agent.os.windows.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramSearchTest {
    private static final String STORE = "C:\\Users\\ada\\AppData\\Local\\Microsoft\\WindowsApps";
    private static final Map<String, String> ENV = Map.of(
            "PATH", "relative;" + STORE + ";C:\\tools;C:\\Windows\\system32", "PATHEXT", ".COM;.EXE;.BAT;.CMD;.JS");

    private final Map<String, FileLookup.Kind> files = new HashMap<>();
    private final ProgramSearch search = new ProgramSearch(Windows.FACTS);

    private void file(String path) {
        files.put(path.toLowerCase(Locale.ROOT), FileLookup.Kind.FILE);
    }

    private String find(String... argv) throws LaunchException {
        return search.find(
                        List.of(argv),
                        ENV,
                        "C:\\work",
                        path -> files.getOrDefault(path.toLowerCase(Locale.ROOT), FileLookup.Kind.ABSENT))
                .application()
                .toLowerCase(Locale.ROOT);
    }

    private String refusal(String... argv) {
        return assertThrows(LaunchException.class, () -> find(argv)).getMessage();
    }

    @Test
    void searchesThePathInOrderWithTheExtensionsInOrder() throws Exception {
        file("C:\\tools\\git.cmd");
        file("C:\\Windows\\system32\\git.exe");
        file("C:\\tools\\go.exe");
        file("C:\\tools\\go.com");
        assertEquals("c:\\windows\\system32\\cmd.exe", find("git"));
        assertEquals("c:\\tools\\go.com", find("go"));
        assertEquals("c:\\tools\\go.exe", find("go.exe"));
    }

    @Test
    void neverFindsABareNameInTheWorkingFolder() throws Exception {
        file("C:\\work\\git.exe");
        assertTrue(refusal("git").contains("not found"));
        assertEquals("c:\\work\\git.exe", find(".\\git"));
        assertEquals("c:\\work\\git.exe", find("./git.exe"));
        assertEquals("c:\\work\\git.exe", find("C:\\work\\git"));
        assertEquals("c:\\work\\git.exe", find("\\work\\git.exe"));
    }

    @Test
    void aBatchFileIsHandedToTheMachinesOwnInterpreter() throws Exception {
        file("C:\\tools\\npm.cmd");
        Program npm = search.find(
                List.of("npm", "run", "a&b"),
                ENV,
                "C:\\work",
                path -> files.getOrDefault(path.toLowerCase(Locale.ROOT), FileLookup.Kind.ABSENT));
        assertEquals("C:\\Windows\\System32\\cmd.exe", npm.application());
        assertEquals(
                "\"C:\\Windows\\System32\\cmd.exe\" /d /e:on /v:off /s /c \"\"C:\\tools\\npm.cmd\" \"run\" \"a&b\"\"",
                npm.commandLine());
    }

    /** Pitfall 12: aliases of the Store start nothing under a restricted token. */
    @Test
    void resolvesPowerShellOutsideTheStoreAndRefusesOtherAliases() throws Exception {
        file(STORE + "\\pwsh.exe");
        file(STORE + "\\python.exe");
        assertTrue(refusal("pwsh").contains("not found"));
        file("C:\\Program Files\\PowerShell\\7\\pwsh.exe");
        assertEquals("c:\\program files\\powershell\\7\\pwsh.exe", find("pwsh"));
        assertEquals("c:\\program files\\powershell\\7\\pwsh.exe", find(STORE + "\\pwsh.exe"));
        assertTrue(refusal("python").contains("not found"));
        assertTrue(refusal(STORE + "\\python.exe").contains("Store"));
        file("C:\\Program Files\\WindowsApps\\x\\tool.exe");
        assertTrue(refusal("C:\\Program Files\\WindowsApps\\x\\tool.exe").contains("Store"));
        files.put("c:\\tools\\winget.exe", FileLookup.Kind.ALIAS);
        assertTrue(refusal("winget").contains("not found"));
    }

    @Test
    void refusesWhatIsNoProgramOfALocalDrive() {
        file("C:\\work\\a.js");
        file("C:\\work\\a.bat.");
        assertTrue(refusal("C:\\work\\a.js").contains("interpreter"));
        assertTrue(refusal(".\\a.bat.").contains("starts no such file"));
        assertTrue(refusal("\\\\server\\share\\a.exe").contains("local drive"));
        assertTrue(refusal("C:a.exe").contains("local drive"));
        assertTrue(refusal(".\\a.exe:stream").contains("local drive"));
        assertTrue(refusal("a\"b").contains("program name"));
        assertTrue(refusal(" ").contains("program name"));
    }
}
