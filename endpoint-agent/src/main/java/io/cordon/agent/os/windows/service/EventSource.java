package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Registry;
import io.cordon.agent.os.windows.RegistryValue;
import io.cordon.agent.os.windows.RegistryValue.Expandable;
import io.cordon.agent.os.windows.RegistryValue.Number;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The event source {@code CordonAgent} of the Application log. Its message file is Windows' own {@code EventCreate.exe}, whose
 * ids 1 to 1000 print their first string: a message file of our own would be one more binary to sign and to unload on upgrade.
 */
public final class EventSource {
    public static final String NAME = "CordonAgent";
    public static final String KEY = "SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\" + NAME;

    private static final Map<String, RegistryValue> WANTED = new TreeMap<>(Map.of(
            "EventMessageFile", new Expandable("%SystemRoot%\\System32\\EventCreate.exe"),
            // Errors, warnings and information.
            "TypesSupported", new Number(7)));

    private EventSource() {}

    /** Names of the values that differ from what they should be. */
    public static List<String> differences(Registry registry) throws IOException {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, RegistryValue> each : WANTED.entrySet()) {
            if (!registry.read(KEY, each.getKey()).equals(Optional.of(each.getValue()))) {
                names.add(each.getKey());
            }
        }
        return names;
    }

    /** Writes what differs; true when something did. */
    public static boolean converge(Registry registry) throws IOException {
        List<String> names = differences(registry);
        for (String name : names) {
            registry.write(KEY, name, java.util.Objects.requireNonNull(WANTED.get(name)));
        }
        return !names.isEmpty();
    }

    public static void remove(Registry registry) throws IOException {
        registry.deleteKey(KEY);
    }
}
