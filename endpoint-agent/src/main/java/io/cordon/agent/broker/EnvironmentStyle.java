package io.cordon.agent.broker;

import io.cordon.agent.os.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the system of this machine takes environment variables for. */
enum EnvironmentStyle {
    /** Names have case; a process finds its programs and its home by {@code PATH} and {@code HOME} alone. */
    POSIX {
        @Override
        Map<String, String> named(Map<String, String> caller) {
            return caller;
        }

        @Override
        Map<String, String> sorted(Map<String, String> variables) {
            return new TreeMap<>(variables);
        }

        @Override
        List<String> temporary() {
            return List.of();
        }

        @Override
        void complete(Map<String, String> env, Map<String, String> caller, Principal principal) {
            env.putIfAbsent("PATH", caller.getOrDefault("PATH", DEFAULT_PATH));
            env.putIfAbsent("HOME", principal.home());
        }
    },
    /**
     * Names have no case, so that the rules see them in capitals. What is missing, and what belongs to the sandbox account rather
     * than to the caller (its profile), the launcher sets: it alone knows that account's profile.
     */
    WINDOWS {
        @Override
        Map<String, String> named(Map<String, String> caller) {
            Map<String, String> capitals = new TreeMap<>();
            caller.forEach((name, value) -> capitals.putIfAbsent(name.toUpperCase(Locale.ROOT), value));
            return capitals;
        }

        @Override
        Map<String, String> sorted(Map<String, String> variables) {
            Map<String, String> sorted = new TreeMap<>(CASELESS);
            sorted.putAll(variables);
            return sorted;
        }

        @Override
        List<String> temporary() {
            return List.of("TEMP", "TMP");
        }

        @Override
        void complete(Map<String, String> env, Map<String, String> caller, Principal principal) {
            String path = caller.get("PATH");
            if (path != null) {
                env.putIfAbsent("PATH", path);
            }
        }
    };

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final Comparator<String> CASELESS = String.CASE_INSENSITIVE_ORDER;

    /** @param os linux or windows, as in status and explanations */
    static EnvironmentStyle of(String os) {
        return os.equals("windows") ? WINDOWS : POSIX;
    }

    /** The name of the system, as in status and explanations. */
    String os() {
        return this == WINDOWS ? "windows" : "linux";
    }

    /** The caller's variables under the names that rules are compared with. */
    abstract Map<String, String> named(Map<String, String> caller);

    /** A copy that can be changed. */
    abstract Map<String, String> sorted(Map<String, String> variables);

    /** The variables that always name the private temporary folder; others do where they are there at all. */
    abstract List<String> temporary();

    /** Adds what a process cannot do without. */
    abstract void complete(Map<String, String> env, Map<String, String> caller, Principal principal);
}
