package io.cordon.policy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cordon.policy.model.Position;
import io.cordon.policy.model.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The published JSON Schema, and its errors as problems of the document. */
final class DocumentSchema {

    static final String TEXT = load();

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT, InputFormat.JSON);

    /** Keywords that only gather what others found. */
    private static final Set<String> GATHERING = Set.of("allOf", "if", "then", "$ref", "properties");

    private DocumentSchema() {}

    /** What the schema finds wrong, in no order. */
    static List<Problem> check(JsonNode document, Source source) {
        List<Problem> problems = new ArrayList<>();
        List<Error> errors = SCHEMA.validate(document);
        for (Error error : errors) {
            if (!GATHERING.contains(error.getKeyword()) && !isMisspelt(error, errors)) {
                problems.add(problem(error, document, source));
            }
        }
        return problems;
    }

    /** A field that is missing because it stands there misspelt is one problem, not two. */
    private static boolean isMisspelt(Error missing, List<Error> errors) {
        return missing.getKeyword().equals("required")
                && errors.stream()
                        .filter(error -> error.getKeyword().equals("additionalProperties"))
                        .filter(error -> error.getInstanceLocation().equals(missing.getInstanceLocation()))
                        .anyMatch(error ->
                                Suggestion.nearest(error.getProperty(), List.of(missing.getProperty())) != null);
    }

    private static Problem problem(Error error, JsonNode document, Source source) {
        String parent = error.getInstanceLocation().toString();
        boolean aboutMember = "additionalProperties".equals(error.getKeyword());
        String pointer = aboutMember
                ? parent + "/" + error.getProperty().replace("~", "~0").replace("/", "~1")
                : parent;
        Position at = source.position(pointer);
        JsonNode keyword = SCHEMA.getSchemaNode()
                .at(error.getSchemaLocation().getFragment().toString());
        JsonNode siblings = SCHEMA.getSchemaNode()
                .at(parentPointer(error.getSchemaLocation().getFragment().toString()));
        SchemaMessage message = SchemaMessage.of(error, document.at(parent), keyword, siblings, pointer);
        return new Problem(at.line(), at.column(), pointer, message.message(), message.remedy());
    }

    private static String parentPointer(String pointer) {
        int slash = pointer.lastIndexOf('/');
        return slash <= 0 ? "" : pointer.substring(0, slash);
    }

    private static String load() {
        try (InputStream in = DocumentSchema.class.getResourceAsStream("policy.schema.json")) {
            if (in == null) {
                throw new IllegalStateException(
                        "policy.schema.json: missing (expected: beside " + DocumentSchema.class + ")");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
