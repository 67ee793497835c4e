package io.cordon.server.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Answers in the encoding of the request (O4 to O7, O10 to O12). */
final class OtlpAnswer {
    /** Characters; far below the 4 MiB that an answer may have. */
    private static final int LONGEST_MESSAGE = 1000;

    private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

    private OtlpAnswer() {}

    static Response success(OtlpFormat format, Message message) {
        byte[] body = format == OtlpFormat.JSON ? OtlpJson.print(message) : message.toByteArray();
        return Response.ok(body).type(format.mediaType()).build();
    }

    static Response failure(OtlpFormat format, OtlpFailure failure) {
        String message = shorten(failure.text());
        byte[] body = format == OtlpFormat.JSON ? json(failure, message) : protobuf(failure, message);
        Response.ResponseBuilder answer =
                Response.status(failure.kind().httpStatus()).entity(body).type(format.mediaType());
        if (failure.kind() == OtlpFailure.Kind.OVERLOADED) {
            // spread, so that a fleet that was turned away together does not come back together
            answer.header("Retry-After", 1 + ThreadLocalRandom.current().nextInt(10));
        }
        return answer.build();
    }

    static String shorten(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }

    /** google.rpc.Status: code = 1, message = 2, details = 3 (Any: type_url = 1, value = 2). */
    private static byte[] protobuf(OtlpFailure failure, String message) {
        UnknownFieldSet.Builder status = UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(failure.kind().rpcCode())
                                .build())
                .addField(2, bytes(ByteString.copyFromUtf8(message)));
        if (failure.kind() == OtlpFailure.Kind.UNDECODABLE) {
            // BadRequest: field_violations = 1 (field = 1, description = 2)
            UnknownFieldSet violation = UnknownFieldSet.newBuilder()
                    .addField(1, bytes(ByteString.copyFromUtf8("body")))
                    .addField(2, bytes(ByteString.copyFromUtf8(message)))
                    .build();
            UnknownFieldSet badRequest = UnknownFieldSet.newBuilder()
                    .addField(1, bytes(violation.toByteString()))
                    .build();
            UnknownFieldSet any = UnknownFieldSet.newBuilder()
                    .addField(1, bytes(ByteString.copyFromUtf8(BAD_REQUEST)))
                    .addField(2, bytes(badRequest.toByteString()))
                    .build();
            status.addField(3, bytes(any.toByteString()));
        }
        return status.build().toByteArray();
    }

    private static UnknownFieldSet.Field bytes(ByteString value) {
        return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
    }

    private static byte[] json(OtlpFailure failure, String message) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("code", failure.kind().rpcCode());
        status.put("message", message);
        if (failure.kind() == OtlpFailure.Kind.UNDECODABLE) {
            ObjectNode detail = status.putArray("details").addObject();
            detail.put("@type", BAD_REQUEST);
            detail.putArray("fieldViolations").addObject().put("field", "body").put("description", message);
        }
        return status.toString().getBytes(StandardCharsets.UTF_8);
    }
}
