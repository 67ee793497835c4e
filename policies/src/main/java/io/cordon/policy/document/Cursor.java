package io.cordon.policy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cordon.policy.model.Position;
import io.cordon.policy.model.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document that the schema accepted, from which model values are built. A value that refuses itself becomes
 * a problem at its place, and reading goes on, so that one reading shows all problems.
 */
final class Cursor {

    private final JsonNode node;
    private final String pointer;
    private final Source source;
    private final List<Problem> problems;

    private Cursor(JsonNode node, String pointer, Source source, List<Problem> problems) {
        this.node = node;
        this.pointer = pointer;
        this.source = source;
        this.problems = problems;
    }

    static Cursor root(JsonNode node, Source source, List<Problem> problems) {
        return new Cursor(node, "", source, problems);
    }

    Cursor at(String member) {
        JsonNode child = node.get(member);
        String escaped = member.replace("~", "~0").replace("/", "~1");
        return new Cursor(child == null ? MissingNode.getInstance() : child, pointer + "/" + escaped, source, problems);
    }

    private Cursor item(int index) {
        return new Cursor(node.get(index), pointer + "/" + index, source, problems);
    }

    boolean isPresent() {
        return !node.isMissingNode();
    }

    boolean isList() {
        return node.isArray();
    }

    boolean isText() {
        return node.isTextual();
    }

    Source source() {
        return source;
    }

    String text(String absent) {
        return isPresent() ? node.asText() : absent;
    }

    boolean flag() {
        return node.asBoolean();
    }

    Optional<Boolean> optionalFlag() {
        return isPresent() ? Optional.of(node.asBoolean()) : Optional.empty();
    }

    Optional<Integer> optionalNumber() {
        return isPresent() ? Optional.of(node.intValue()) : Optional.empty();
    }

    int number(int absent) {
        return isPresent() ? node.intValue() : absent;
    }

    <T> Optional<T> optional(Function<String, T> make) {
        return isPresent() ? Optional.ofNullable(attempt(() -> make.apply(node.asText()))) : Optional.empty();
    }

    /** The items of a list of texts; none when it is absent. */
    <T> List<T> texts(Function<String, T> make) {
        return items(item -> make.apply(item.node.asText()));
    }

    <T> Optional<List<T>> optionalTexts(Function<String, T> make) {
        return isPresent() ? Optional.of(texts(make)) : Optional.empty();
    }

    List<Integer> numbers() {
        return items(item -> item.node.intValue());
    }

    <T> List<T> items(Function<Cursor, @Nullable T> make) {
        List<T> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            Cursor item = item(i);
            T value = attempt(item, () -> make.apply(item));
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    <T> Map<String, T> members(BiFunction<String, Cursor, T> make) {
        Map<String, T> values = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> values.put(name, make.apply(name, at(name))));
        return values;
    }

    /** The value, or null after its refusal of itself has become a problem here. */
    <T> @Nullable T attempt(java.util.function.Supplier<@Nullable T> make) {
        return attempt(this, make);
    }

    private static <T> @Nullable T attempt(Cursor at, java.util.function.Supplier<@Nullable T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int expected = message.indexOf("(expected: ");
            at.problem(
                    message,
                    expected < 0
                            ? "Change the value."
                            : "Use " + message.substring(expected + 11, message.length() - 1) + ".");
            return null;
        }
    }

    void problem(String message, String remedy) {
        Position position = source.position(pointer);
        problems.add(new Problem(position.line(), position.column(), pointer, message, remedy));
    }

    /** Reports each item whose key an earlier item has. */
    void unique(String what, Function<Cursor, String> key) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < node.size(); i++) {
            Cursor item = item(i);
            String value = key.apply(item);
            Integer first = seen.putIfAbsent(value, i);
            if (first != null) {
                int line = source.position(pointer + "/" + first).line();
                item.problem(
                        what + ": " + value + " (expected: unique; first at line " + line + ")",
                        "Give this one another " + what + ".");
            }
        }
    }
}
