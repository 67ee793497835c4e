package io.cordon.agent.telemetry.gateway.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Set;

/**
 * What an export takes of memory once it is parsed and read, in bytes, reckoned from its bytes before that: two of them can become an
 * object of hundreds. Generous estimates; reckoning stops where they are more than the request may have.
 */
final class ExportWeight {
    private static final int PROTOBUF_BYTE = 5;
    /** The bytes, two trees and a text of them, and the messages. */
    private static final int JSON_BYTE = 8;

    private static final int ELEMENT = 200;
    private static final int JSON_VALUE = 400;
    /** What becomes an event, with all that is made of it. */
    private static final int RECORD = 2000;

    private static final Set<String> RECORDS =
            Set.of("log_records", "logRecords", "spans", "events", "metrics", "links");
    /** As deep as protobuf itself lets a message be. */
    private static final int DEEPEST = 100;

    private final long most;
    private long weight;

    private ExportWeight(long bytes, long most) {
        this.weight = bytes;
        this.most = most;
    }

    /** @param most where reckoning stops: what is more than that may be even more */
    static long ofProtobuf(byte[] body, Descriptor type, long most) throws InvalidProtocolBufferException {
        ExportWeight reckoned = new ExportWeight((long) body.length * PROTOBUF_BYTE, most);
        try {
            reckoned.message(CodedInputStream.newInstance(body), type, 0);
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
        return reckoned.weight;
    }

    private void message(CodedInputStream in, Descriptor type, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new InvalidProtocolBufferException("nested too deeply");
        }
        while (weight <= most && !in.isAtEnd()) {
            int tag = in.readTag();
            int wire = WireFormat.getTagWireType(tag);
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean lengthy = wire == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (lengthy && field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                weight += RECORDS.contains(field.getName()) ? RECORD : ELEMENT;
                int outer = in.pushLimit(in.readRawVarint32());
                message(in, field.getMessageType(), depth + 1);
                if (weight <= most) {
                    in.popLimit(outer);
                }
            } else {
                // What is not known is kept by the parser.
                weight += field == null || (lengthy && field.isRepeated()) ? ELEMENT : 0;
                if (wire == WireFormat.WIRETYPE_START_GROUP || !in.skipField(tag)) {
                    throw new InvalidProtocolBufferException("a group, which OTLP does not have");
                }
            }
        }
    }

    /** @param most where reckoning stops: what is more than that may be even more */
    static long ofJson(byte[] body, long most) throws InvalidProtocolBufferException {
        long weight = (long) body.length * JSON_BYTE;
        try (JsonParser parser = OtlpJson.parser(body)) {
            for (JsonToken token = parser.nextToken(); token != null && weight <= most; token = parser.nextToken()) {
                if (token.isStructStart() || token.isScalarValue()) {
                    weight += isRecord(parser) ? RECORD : JSON_VALUE;
                }
            }
            return weight;
        } catch (JsonProcessingException e) {
            throw new InvalidProtocolBufferException(e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /** An object in a list of one of these names. */
    private static boolean isRecord(JsonParser parser) {
        JsonStreamContext object = parser.getParsingContext();
        JsonStreamContext list = object.getParent();
        return object.inObject()
                && parser.currentToken() == JsonToken.START_OBJECT
                && list != null
                && list.inArray()
                && RECORDS.contains(String.valueOf(list.getParent().getCurrentName()));
    }
}
