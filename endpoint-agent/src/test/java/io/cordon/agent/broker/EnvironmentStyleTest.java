package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.Principal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentStyleTest {
    private static final Principal ADA =
            new Principal("ada", new Account.Windows("S-1-5-21-1-2-3-1001", List.of()), "C:\\Users\\ada");

    private static Map<String, String> completed(EnvironmentStyle style, Map<String, String> given) {
        Map<String, String> caller = style.named(given);
        Map<String, String> env = style.sorted(Map.of());
        style.complete(env, caller, ADA);
        return env;
    }

    @Test
    void namesOfWindowsMeetTheRulesInCapitals() {
        assertEquals(
                Map.of("PATH", "C:\\tools", "MY_TOKEN", "x"),
                EnvironmentStyle.WINDOWS.named(Map.of("Path", "C:\\tools", "my_Token", "x")));
        assertEquals(Map.of("Path", "x"), EnvironmentStyle.POSIX.named(Map.of("Path", "x")));
    }

    @Test
    void windowsFindsAVariableInAnyCaseAndKeepsOne() {
        Map<String, String> env = EnvironmentStyle.WINDOWS.sorted(Map.of("PATH", "a"));
        env.put("Path", "b");
        assertEquals(Map.of("PATH", "b"), env);
    }

    @Test
    void eachSystemGetsWhatItsProcessesCannotDoWithout() {
        assertEquals(
                Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "HOME", "C:\\Users\\ada"),
                completed(EnvironmentStyle.POSIX, Map.of()));
        assertEquals(Map.of("PATH", "C:\\tools"), completed(EnvironmentStyle.WINDOWS, Map.of("Path", "C:\\tools")));
        assertEquals(Map.of(), completed(EnvironmentStyle.WINDOWS, Map.of("HOME", "C:\\Users\\ada")));
        assertEquals(List.of("TEMP", "TMP"), EnvironmentStyle.WINDOWS.temporary());
    }

    @Test
    void theSystemsNameChooses() {
        assertEquals(EnvironmentStyle.WINDOWS, EnvironmentStyle.of("windows"));
        assertEquals(EnvironmentStyle.POSIX, EnvironmentStyle.of("linux"));
    }
}
