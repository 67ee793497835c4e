package io.cordon.agent.os.windows.abi;

import io.cordon.agent.os.windows.abi.Element.Kind;
import io.cordon.agent.os.windows.abi.Element.Language;
import io.cordon.agent.os.windows.win32.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The assertions for constants, GUIDs and vtable slots. */
final class Constants {
    private static final Pattern GUID =
            Pattern.compile("([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})");
    private static final int POINTER = 8;

    private Constants() {}

    static List<Element> constants(Class<?> type, Header header) {
        return each(type, (name, value) -> {
            String element = type.getSimpleName() + "." + name;
            if (value instanceof String text) {
                return Element.of(Kind.CONSTANT, element, name, List.of(header.value()), equal(name, text));
            }
            return Element.of(
                            Kind.CONSTANT,
                            element,
                            name,
                            List.of(header.value()),
                            equal(name, number(element, value), value))
                    .in(Language.C);
        });
    }

    /** The numbers among the static fields of a library or structure: they stand beside what they are for. */
    static List<Element> numbersBeside(Class<?> type, Header header) {
        List<Element> elements = new ArrayList<>();
        ClassFile.of(type).constants().forEach((name, value) -> {
            if (value instanceof Number) {
                String element = type.getSimpleName() + "." + name;
                elements.add(Element.of(
                                Kind.CONSTANT,
                                element,
                                name,
                                List.of(header.value()),
                                equal(name, number(element, value), value))
                        .in(Language.C));
            }
        });
        return elements;
    }

    static List<Element> guids(Class<?> type, Header header) {
        return each(type, (name, value) -> {
            String element = type.getSimpleName() + "." + name;
            String code = "static_assert(abi::same(" + name + ", " + guid(element, value) + "), \"bytes (mapping: "
                    + value + ")\");";
            return Element.of(Kind.GUID, element, name, List.of(header.value()), code)
                    .in(Language.GUIDS);
        });
    }

    static List<Element> slots(Class<?> type, Header header) {
        if (header.type().isEmpty()) {
            throw new UnsupportedMapping(
                    type.getSimpleName() + ": @Header names no type (expected: the COM interface)");
        }
        String table = header.type() + "Vtbl";
        return each(type, (name, value) -> {
            long slot = number(type.getSimpleName() + "." + name, value);
            String code = "_Static_assert(offsetof(" + table + ", " + name + ") == " + slot * POINTER
                    + ", \"slot (mapping: " + slot + ")\"); _Static_assert(sizeof(((" + table + " *)0)->" + name
                    + ") == " + POINTER + ", \"not one method\");";
            return Element.ofType(Kind.SLOT, type.getSimpleName() + "." + name, table, List.of(header.value()), code)
                    .in(Language.C);
        });
    }

    private interface Assertion {
        Element about(String name, Object value);
    }

    private static List<Element> each(Class<?> type, Assertion assertion) {
        List<Element> elements = new ArrayList<>();
        for (Map.Entry<String, Object> each : ClassFile.of(type).constants().entrySet()) {
            if (each.getValue() == null) {
                throw new UnsupportedMapping(type.getSimpleName() + "." + each.getKey()
                        + ": no compile-time constant (expected: a literal)");
            }
            elements.add(assertion.about(each.getKey(), each.getValue()));
        }
        if (elements.isEmpty()) {
            throw new UnsupportedMapping(type.getSimpleName() + ": no constant at all");
        }
        return elements;
    }

    /** An int stands for the 32 bits of a DWORD or of a signed value: both readings are the same constant. */
    private static String equal(String name, long value, Object mapped) {
        String bits = String.format(Locale.ROOT, "0x%xULL", value);
        String same = "(unsigned long long)(" + name + ") == " + bits;
        if (mapped instanceof Integer && value < 0) {
            same += " || (unsigned long long)(" + name + ") == "
                    + String.format(Locale.ROOT, "0x%xULL", value & 0xffffffffL);
        }
        return "_Static_assert(" + same + ", \"value (mapping: " + value + ")\");";
    }

    private static String equal(String name, String text) {
        StringBuilder literal = new StringBuilder("u\"");
        text.chars()
                .forEach(c -> literal.append(
                        c == '"' || c == '\\' || c < ' ' || c > '~' ? String.format("\\x%04x\"u\"", c) : (char) c));
        return "static_assert(abi::same(" + name + ", " + literal + "\"), \"text of the mapping\");";
    }

    private static long number(String element, Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw new UnsupportedMapping(element + ": " + value + " (expected: an int or long)");
    }

    private static String guid(String element, Object value) {
        var parts = GUID.matcher(String.valueOf(value));
        if (!parts.matches()) {
            throw new UnsupportedMapping(element + ": " + value + " (expected: a GUID in lower case, 8-4-4-4-12)");
        }
        String tail = parts.group(4) + parts.group(5);
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < tail.length(); i += 2) {
            bytes.append(i == 0 ? "0x" : ", 0x").append(tail, i, i + 2);
        }
        return "GUID{0x" + parts.group(1) + ", 0x" + parts.group(2) + ", 0x" + parts.group(3) + ", {" + bytes + "}}";
    }
}
