package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Registry;
import io.cordon.agent.os.windows.RegistryValue;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

/**
 * What administrators set by group policy or at installation. The policy key wins over the machine's own key, and that over
 * the command line, so that a script cannot point a managed machine elsewhere.
 *
 * @param serverAddress as {@code enroll --server} takes it
 * @param aclMode {@code automatic} or {@code manual}, as {@code run --acl-mode} takes it
 */
public record AgentSettings(
        Optional<Setting<String>> serverAddress, Setting<Level> logLevel, Optional<Setting<String>> aclMode) {
    public static final String POLICY = "SOFTWARE\\Policies\\Cordon";
    public static final String OWN = "SOFTWARE\\Cordon";
    public static final String SERVER_ADDRESS = "ServerAddress";
    public static final String LOG_LEVEL = "LogLevel";
    public static final String ACL_MODE = "AclMode";

    private static final String AUTOMATIC = "automatic";
    private static final String MANUAL = "manual";

    private static final Map<String, Level> LEVELS =
            Map.of("error", Level.SEVERE, "warning", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);

    /** @param from where it was found, for messages */
    public record Setting<T>(T value, String from) {}

    /** @throws IOException when a value is there and makes no sense */
    public static AgentSettings read(Registry registry) throws IOException {
        Optional<Setting<String>> level = find(registry, LOG_LEVEL);
        Setting<Level> logLevel = new Setting<>(Level.INFO, "default");
        if (level.isPresent()) {
            Level known = LEVELS.get(level.get().value().toLowerCase(Locale.ROOT));
            if (known == null) {
                throw new IOException(level.get().from() + ": " + level.get().value() + " (expected: one of "
                        + String.join(", ", LEVELS.keySet().stream().sorted().toList()) + ")");
            }
            logLevel = new Setting<>(known, level.get().from());
        }
        Optional<Setting<String>> aclMode = find(registry, ACL_MODE);
        if (aclMode.isPresent()) {
            requireMode(aclMode.get());
        }
        return new AgentSettings(find(registry, SERVER_ADDRESS), logLevel, aclMode);
    }

    private static boolean requireMode(Setting<String> mode) throws IOException {
        String word = mode.value().toLowerCase(Locale.ROOT);
        if (!word.equals(AUTOMATIC) && !word.equals(MANUAL)) {
            throw new IOException(
                    mode.from() + ": " + mode.value() + " (expected: " + AUTOMATIC + " or " + MANUAL + ")");
        }
        return word.equals(MANUAL);
    }

    /**
     * Whether administrators set access control entries themselves.
     *
     * @throws IOException when the command line's word is none
     */
    public boolean manualAcls(Optional<String> commandLine) throws IOException {
        if (aclMode.isPresent()) {
            return requireMode(aclMode.get());
        }
        return commandLine.isPresent() && requireMode(new Setting<>(commandLine.get(), "--acl-mode"));
    }

    private static Optional<Setting<String>> find(Registry registry, String name) throws IOException {
        for (String key : java.util.List.of(POLICY, OWN)) {
            Optional<RegistryValue> value = registry.read(key, name);
            if (value.isEmpty()) {
                continue;
            }
            String from = "HKLM\\" + key + "\\" + name;
            String text = registry.text(key, name)
                    .orElseThrow(() -> new IOException(from + ": " + value.get().text() + " (expected: REG_SZ)"));
            if (!text.isBlank()) {
                return Optional.of(new Setting<>(text.strip(), from));
            }
        }
        return Optional.empty();
    }

    /** The server to enroll at: what was set here, else what the command line says. */
    public Optional<Setting<String>> server(Optional<String> commandLine) {
        return serverAddress.or(() -> commandLine.map(text -> new Setting<>(text, "--server")));
    }
}
