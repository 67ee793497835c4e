package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * OLPC canonical JSON, the form over which the repository's metadata is signed (specification 4.2.1): no white space, keys
 * sorted by code point, only {@code "} and {@code \} escaped, integers only, UTF-8.
 */
final class OlpcJson {
    /** By code point, which differs from {@code String.compareTo} beyond the basic plane. */
    private static final Comparator<String> BY_CODE_POINT = (a, b) -> {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int left = a.codePointAt(i);
            int right = b.codePointAt(i);
            if (left != right) {
                return Integer.compare(left, right);
            }
            i += Character.charCount(left);
        }
        return Integer.compare(a.length(), b.length());
    };

    private OlpcJson() {}

    /**
     * @throws IllegalArgumentException for a float or anything that is not a JSON value
     */
    static byte[] encode(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case NULL -> out.append("null");
            case BOOLEAN -> out.append(node.booleanValue());
            case STRING -> writeText(node.textValue(), out);
            case NUMBER -> writeInteger(node, out);
            case ARRAY -> writeArray(node, out);
            case OBJECT -> writeObject(node, out);
            case BINARY, MISSING, POJO ->
                throw new IllegalArgumentException(
                        "canonical JSON: " + node.getNodeType() + " (expected: a JSON value)");
        }
    }

    private static void writeInteger(JsonNode node, StringBuilder out) {
        if (!node.isIntegralNumber()) {
            throw new IllegalArgumentException("canonical JSON: " + node.asText() + " (expected: an integer)");
        }
        out.append(node.bigIntegerValue());
    }

    private static void writeArray(JsonNode node, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (JsonNode child : node) {
            out.append(separator);
            write(child, out);
            separator = ",";
        }
        out.append(']');
    }

    private static void writeObject(JsonNode node, StringBuilder out) {
        List<String> names = new ArrayList<>(node.size());
        for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        names.sort(BY_CODE_POINT);
        out.append('{');
        String separator = "";
        for (String name : names) {
            out.append(separator);
            writeText(name, out);
            out.append(':');
            write(node.required(name), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }
}
