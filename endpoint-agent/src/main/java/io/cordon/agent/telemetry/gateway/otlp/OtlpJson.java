package io.cordon.agent.telemetry.gateway.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * OTLP's own JSON (O16): protobuf's, but with ids in hexadecimal and unknown fields ignored. Ids are rewritten before the
 * protobuf parser sees them; what is no hexadecimal becomes an id of one byte, which is then counted as a bad id.
 */
final class OtlpJson {
    private static final Set<String> IDS =
            Set.of("traceId", "trace_id", "spanId", "span_id", "parentSpanId", "parent_span_id");
    private static final String BAD_ID = Base64.getEncoder().encodeToString(new byte[] {1});
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxStringLength(16 << 20)
                    .build())
            .build());
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    private OtlpJson() {}

    static JsonParser parser(byte[] body) throws IOException {
        return JSON.createParser(body);
    }

    static Message parse(byte[] body, Message empty) throws InvalidProtocolBufferException {
        try {
            JsonNode root = JSON.readTree(body);
            if (root == null || !root.isObject()) {
                throw new InvalidProtocolBufferException("not a JSON object");
            }
            repair(root);
            Message.Builder into = empty.newBuilderForType();
            PARSER.merge(root.toString(), into);
            return into.build();
        } catch (JsonProcessingException e) {
            throw new InvalidProtocolBufferException(e.getOriginalMessage());
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    static byte[] print(Message message) {
        try {
            return PRINTER.print(message).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("our own answer is no JSON", e);
        }
    }

    private static void repair(JsonNode node) {
        if (node instanceof ArrayNode array) {
            array.forEach(OtlpJson::repair);
        } else if (node instanceof ObjectNode object) {
            for (var field : object.properties()) {
                JsonNode value = field.getValue();
                if (value.isTextual() && IDS.contains(field.getKey())) {
                    field.setValue(object.textNode(base64(value.textValue())));
                } else {
                    repair(value);
                }
            }
        }
    }

    private static String base64(String hex) {
        try {
            return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return BAD_ID;
        }
    }
}
