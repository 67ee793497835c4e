package io.cordon.policy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;

/** A schema error in the words of a policy author. */
record SchemaMessage(String message, String remedy) {

    /**
     * @param value the value the error is about; for an unknown field, the object that holds it
     * @param keyword the value of the schema keyword that failed
     * @param siblings the schema that holds the keyword
     */
    static SchemaMessage of(Error error, JsonNode value, JsonNode keyword, JsonNode siblings, String pointer) {
        String name = name(pointer);
        return switch (error.getKeyword()) {
            case "additionalProperties" -> unknownField(name, fields(siblings));
            case "required" -> missing(error.getProperty(), pointer);
            case "type" ->
                new SchemaMessage(
                        expected(name, value, types(keyword)),
                        "Give " + types(keyword) + " here, or remove the field.");
            case "enum" -> choice(name, value, keyword);
            case "const" ->
                new SchemaMessage(expected(name, value, keyword.asText()), "Write " + keyword.asText() + ".");
            case "pattern" ->
                new SchemaMessage(
                        expected(name, value, siblings.path("description").asText("the form " + keyword.asText())),
                        "Change the value to that form.");
            case "uniqueItems" ->
                new SchemaMessage(name + ": an item is given twice (expected: each once)", "Remove the second one.");
            default ->
                new SchemaMessage(
                        expected(name, value, error.getKeyword() + " " + keyword),
                        "Keep to the limit: " + error.getKeyword() + " " + keyword + ".");
        };
    }

    private static SchemaMessage unknownField(String name, List<String> known) {
        String suggestion = Suggestion.nearest(name, known);
        String expected = String.join(" | ", known);
        return suggestion == null
                ? new SchemaMessage(
                        name + ": unknown field (expected: " + expected + ")", "Remove it; fields are never ignored.")
                : new SchemaMessage(
                        name + ": unknown field (expected: " + expected + ")", "Did you mean " + suggestion + "?");
    }

    private static SchemaMessage missing(String field, String pointer) {
        String where = pointer.isEmpty() ? "at the top" : "under " + name(pointer);
        return new SchemaMessage(field + ": missing (expected: " + where + ")", "Add " + field + " " + where + ".");
    }

    private static SchemaMessage choice(String name, JsonNode value, JsonNode allowed) {
        List<String> words = new ArrayList<>();
        allowed.forEach(word -> words.add(word.asText()));
        String suggestion = Suggestion.nearest(value.asText(), words);
        return new SchemaMessage(
                expected(name, value, String.join(" | ", words)),
                suggestion == null ? "Use one of them." : "Did you mean " + suggestion + "?");
    }

    private static List<String> fields(JsonNode schema) {
        List<String> fields = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static String types(JsonNode keyword) {
        List<String> types = new ArrayList<>();
        (keyword.isArray() ? keyword : List.of(keyword)).forEach(type -> types.add(article(type.asText())));
        return String.join(" or ", types);
    }

    private static String article(String type) {
        return switch (type) {
            case "array" -> "a list";
            case "object" -> "a group of fields";
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    private static String expected(String name, JsonNode value, String expected) {
        String shown = value.isContainerNode() ? (value.isArray() ? "a list" : "a group of fields") : value.asText();
        if (shown.length() > 80) {
            shown = shown.substring(0, 80) + "…";
        }
        return name + ": " + shown + " (expected: " + expected + ")";
    }

    /** The last member name of the pointer; an item is called by its list, {@code deny[3]}. */
    static String name(String pointer) {
        if (pointer.isEmpty()) {
            return "document";
        }
        String last = pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
        return last.matches("[0-9]+") ? name(pointer.substring(0, pointer.lastIndexOf('/'))) + "[" + last + "]" : last;
    }
}
