package io.cordon.agent.os.windows;

/** A value of the registry, in the types that Cordon reads or writes. */
public sealed interface RegistryValue {
    /** REG_SZ. */
    record Text(String value) implements RegistryValue {}

    /** REG_EXPAND_SZ, as stored. */
    record Expandable(String value) implements RegistryValue {}

    /** REG_DWORD. */
    record Number(int value) implements RegistryValue {}

    /** Any other type; never written. */
    record Other(String type) implements RegistryValue {}

    /** How it reads in messages, in the ledger, and back through {@link #parse}. */
    default String text() {
        if (this instanceof Text text) {
            return "sz:" + text.value();
        }
        if (this instanceof Expandable text) {
            return "expand:" + text.value();
        }
        if (this instanceof Number number) {
            return "dword:" + number.value();
        }
        return "other:" + ((Other) this).type();
    }

    static RegistryValue parse(String text) {
        String value = text.substring(text.indexOf(':') + 1);
        return switch (text.substring(0, Math.max(0, text.indexOf(':')))) {
            case "sz" -> new Text(value);
            case "expand" -> new Expandable(value);
            case "dword" -> new Number(Integer.parseInt(value));
            case "other" -> new Other(value);
            default ->
                throw new IllegalArgumentException(
                        "registry value: " + text + " (expected: sz:…, expand:…, dword:… or other:…)");
        };
    }
}
