package io.cordon.agent.os.windows.launch;

import java.util.Map;
import java.util.TreeMap;

/**
 * What of this machine goes into every environment.
 *
 * @param console full path of {@code cordon-console.exe}
 * @param variables of the machine, for example {@code SystemRoot}, {@code ProgramData}, {@code Path}; names have no case
 */
public record MachineFacts(String computerName, String console, Map<String, String> variables) {
    public MachineFacts {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(variables);
        variables = java.util.Collections.unmodifiableMap(sorted);
        for (String needed : new String[] {"SystemRoot", "SystemDrive"}) {
            if (!variables.containsKey(needed)) {
                throw new IllegalArgumentException(
                        "machine variables: no " + needed + " (expected: a Windows machine)");
            }
        }
    }

    /** For example {@code C:\Windows}. */
    String systemRoot() {
        return variables.getOrDefault("SystemRoot", "");
    }

    /** For example {@code C:\Program Files}. */
    String programFiles() {
        return variables.getOrDefault("ProgramFiles", variables.get("SystemDrive") + "\\Program Files");
    }
}
