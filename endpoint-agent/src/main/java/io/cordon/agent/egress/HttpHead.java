package io.cordon.agent.egress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as it was sent, read strictly (RFC 9112): what two readers could understand differently is refused
 * here, so that nobody behind this proxy can.
 *
 * @param method in capitals
 * @param target as sent: printable ASCII without blanks
 * @param minorVersion of HTTP/1
 */
record HttpHead(String method, String target, int minorVersion, List<Field> fields) {

    private static final int MAX_FIELDS = 200;
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
    private static final Pattern TARGET = Pattern.compile("[!-~]{1,16384}");

    /** @param name as sent */
    record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** A head, or why it is none. */
    sealed interface Result {
        record Read(HttpHead head) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    HttpHead {
        fields = List.copyOf(fields);
    }

    /** @param bytes from the first byte to the blank line, both included */
    static Result read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String problem = oddBytes(text);
        if (problem != null) {
            return refused(problem);
        }
        List<String> lines = List.of(text.substring(0, text.length() - 4).split("\r\n", -1));
        String[] words = lines.get(0).split(" ", -1);
        if (words.length != 3
                || !METHOD.matcher(words[0]).matches()
                || !TARGET.matcher(words[1]).matches()) {
            return refused("The request line is not METHOD TARGET VERSION.");
        }
        if (!words[2].equals("HTTP/1.1") && !words[2].equals("HTTP/1.0")) {
            return refused("Only HTTP/1.0 and HTTP/1.1 are spoken here.");
        }
        if (lines.size() - 1 > MAX_FIELDS) {
            return new Result.Refused(new Refusal(
                    Refusal.Kind.TOO_LARGE, "too-many-fields", "More than " + MAX_FIELDS + " header fields."));
        }
        List<Field> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Optional<Field> field = field(line);
            if (field.isEmpty()) {
                return refused("A header line is not NAME: VALUE, or is folded.");
            }
            fields.add(field.get());
        }
        return new Result.Read(new HttpHead(words[0], words[1], words[2].endsWith("1") ? 1 : 0, fields));
    }

    private static Result refused(String reason) {
        return new Result.Refused(Refusal.malformed(reason));
    }

    private static @Nullable String oddBytes(String text) {
        if (!text.endsWith("\r\n\r\n")) {
            return "The head does not end with a blank line.";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd = c == '\r' ? text.charAt(i + 1) == '\n' : c == '\n' && i > 0 && text.charAt(i - 1) == '\r';
            if ((c < ' ' && c != '\t' && !lineEnd) || c == 0x7f) {
                return "There is a control character in it.";
            }
        }
        return null;
    }

    private static Optional<Field> field(String line) {
        int colon = line.indexOf(':');
        return colon > 0 && NAME.matcher(line.substring(0, colon)).matches()
                ? Optional.of(new Field(line.substring(0, colon), trim(line.substring(colon + 1))))
                : Optional.empty();
    }

    /** Optional white space is blanks and tabs only (RFC 9110, section 5.6.3). */
    private static String trim(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    List<String> values(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }

    /** The members of the comma-separated values of a field, in lower case. */
    List<String> members(String name) {
        List<String> members = new ArrayList<>();
        for (String value : values(name)) {
            for (String member : value.split(",")) {
                if (!trim(member).isEmpty()) {
                    members.add(trim(member).toLowerCase(Locale.ROOT));
                }
            }
        }
        return members;
    }
}
