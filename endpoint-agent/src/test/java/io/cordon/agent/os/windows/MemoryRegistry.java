package io.cordon.agent.os.windows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A registry in memory. Keys and names are compared as Windows does, without case. */
public final class MemoryRegistry implements Registry {
    private final Map<String, Map<String, RegistryValue>> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int writes;

    public MemoryRegistry with(String key, String name, RegistryValue value) {
        write(key, name, value);
        writes = 0;
        return this;
    }

    public int writes() {
        return writes;
    }

    @Override
    public Optional<RegistryValue> read(String key, String name) {
        return Optional.ofNullable(keys.getOrDefault(key, Map.of()).get(name));
    }

    @Override
    public void write(String key, String name, RegistryValue value) {
        writes++;
        keys.computeIfAbsent(key, any -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER))
                .put(name, value);
    }

    @Override
    public void deleteValue(String key, String name) {
        keys.getOrDefault(key, new TreeMap<>()).remove(name);
    }

    @Override
    public void deleteKey(String key) {
        keys.remove(key);
    }

    @Override
    public void deleteKeyIfEmpty(String key) {
        if (keys.getOrDefault(key, Map.of()).isEmpty() && keys(key).isEmpty()) {
            keys.remove(key);
        }
    }

    @Override
    public boolean exists(String key) {
        return keys.containsKey(key) || !keys(key).isEmpty();
    }

    @Override
    public List<String> keys(String key) {
        String under = (key + "\\").toLowerCase(java.util.Locale.ROOT);
        return keys.keySet().stream()
                .filter(each -> each.toLowerCase(java.util.Locale.ROOT).startsWith(under))
                .map(each -> each.substring(under.length()).replaceFirst("\\\\.*", ""))
                .distinct()
                .toList();
    }

    /** Everything, for comparing before and after. */
    public String dump() {
        return keys.toString();
    }
}
