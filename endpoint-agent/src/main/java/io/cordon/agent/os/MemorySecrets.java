package io.cordon.agent.os;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The reference: secrets as long as the process lives. */
public final class MemorySecrets implements SecretStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(secrets.get(checked(name))).map(byte[]::clone);
    }

    @Override
    public void write(String name, byte[] value) {
        if (value.length > MAX_LENGTH) {
            throw new IllegalArgumentException(name + ": " + value.length + " bytes (expected: <= " + MAX_LENGTH + ")");
        }
        secrets.put(checked(name), value.clone());
    }

    @Override
    public void delete(String name) {
        secrets.remove(checked(name));
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "secret name: " + name + " (expected: lower-case letters, digits, dot and dash)");
        }
        return name;
    }
}
