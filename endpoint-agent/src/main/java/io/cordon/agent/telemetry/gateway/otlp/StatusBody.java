package io.cordon.agent.telemetry.gateway.otlp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;

/** An error as {@code google.rpc.Status} (code = 1, message = 2, details = 3), in the encoding of the request (O4, O11). */
final class StatusBody {
    /** Characters; far below the 4 MiB that an answer may have (O10). */
    private static final int LONGEST_MESSAGE = 1000;

    private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";
    private static final int INVALID_ARGUMENT = 3;

    private StatusBody() {}

    static String shorten(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }

    static byte[] json(int code, String message) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("code", code).put("message", message);
        if (code == INVALID_ARGUMENT) {
            ObjectNode detail = status.putArray("details").addObject();
            detail.put("@type", BAD_REQUEST);
            detail.putArray("fieldViolations").addObject().put("field", "body").put("description", message);
        }
        return status.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] protobuf(int code, String message) {
        UnknownFieldSet.Builder status = UnknownFieldSet.newBuilder()
                .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(code).build())
                .addField(2, field(ByteString.copyFromUtf8(message)));
        if (code == INVALID_ARGUMENT) {
            // BadRequest: field_violations = 1 of (field = 1, description = 2), in an Any: type_url = 1, value = 2
            ByteString violation = pair(ByteString.copyFromUtf8("body"), ByteString.copyFromUtf8(message));
            ByteString badRequest = UnknownFieldSet.newBuilder()
                    .addField(1, field(violation))
                    .build()
                    .toByteString();
            status.addField(3, field(pair(ByteString.copyFromUtf8(BAD_REQUEST), badRequest)));
        }
        return status.build().toByteArray();
    }

    private static ByteString pair(ByteString first, ByteString second) {
        return UnknownFieldSet.newBuilder()
                .addField(1, field(first))
                .addField(2, field(second))
                .build()
                .toByteString();
    }

    private static UnknownFieldSet.Field field(ByteString value) {
        return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
    }
}
