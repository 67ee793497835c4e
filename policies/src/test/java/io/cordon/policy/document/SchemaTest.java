package io.cordon.policy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    @Test
    void isItselfRightByTheMetaSchema() throws JsonProcessingException {
        assertEquals(List.of(), metaSchema.validate(JSON.readTree(PolicyDocuments.schemaJson())));
    }

    @Test
    void theMetaSchemaWouldSayIfItWereNot() throws JsonProcessingException {
        ObjectNode broken = (ObjectNode) JSON.readTree(PolicyDocuments.schemaJson());
        broken.put("required", "kind");
        assertFalse(metaSchema.validate(broken).isEmpty());
    }

    @Test
    void everyGroupOfFieldsRefusesUnknownOnes() throws JsonProcessingException {
        List<String> open = new ArrayList<>();
        openObjects("", JSON.readTree(PolicyDocuments.schemaJson()), open);
        assertEquals(List.of("/properties/spec"), open, "spec itself is closed by the definition of its kind");
    }

    private static void openObjects(String pointer, JsonNode schema, List<String> open) {
        boolean object = schema.path("type").asText().equals("object");
        if (object && !schema.has("additionalProperties")) {
            open.add(pointer);
        }
        schema.fields()
                .forEachRemaining(member -> openObjects(pointer + "/" + member.getKey(), member.getValue(), open));
        if (schema.isArray()) {
            for (int i = 0; i < schema.size(); i++) {
                openObjects(pointer + "/" + i, schema.get(i), open);
            }
        }
    }
}
