package io.cordon.agent.os.windows;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The registry below {@code HKEY_LOCAL_MACHINE}, always in its 64-bit view. Keys are paths with backslashes. */
public interface Registry {
    /** Empty when the key or the value is not there. */
    Optional<RegistryValue> read(String key, String name) throws IOException;

    /** Makes the key when it is not there. */
    void write(String key, String name, RegistryValue value) throws IOException;

    /** Deleting what is not there is no error. */
    void deleteValue(String key, String name) throws IOException;

    /** Deletes a key without sub-keys, with its values; when it is not there it is no error. */
    void deleteKey(String key) throws IOException;

    /** Deletes a key that holds neither values nor sub-keys; any other is left. */
    void deleteKeyIfEmpty(String key) throws IOException;

    boolean exists(String key) throws IOException;

    /** Names of the sub-keys; none when the key is not there. */
    List<String> keys(String key) throws IOException;

    /** The text of a REG_SZ or REG_EXPAND_SZ (not expanded); empty for anything else. */
    default Optional<String> text(String key, String name) throws IOException {
        RegistryValue value = read(key, name).orElse(null);
        if (value instanceof RegistryValue.Text text) {
            return Optional.of(text.value());
        }
        return value instanceof RegistryValue.Expandable text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The REG_DWORD; empty for anything else. */
    default Optional<Integer> number(String key, String name) throws IOException {
        return read(key, name).orElse(null) instanceof RegistryValue.Number number
                ? Optional.of(number.value())
                : Optional.empty();
    }
}
