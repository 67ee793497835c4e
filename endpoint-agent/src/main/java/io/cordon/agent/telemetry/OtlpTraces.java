package io.cordon.agent.telemetry;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes finished spans as OTLP 1.x protobuf. All spans of one call share resource and scope. */
final class OtlpTraces {
    private OtlpTraces() {}

    static byte[] encode(List<SpanData> spans) {
        SpanData first = spans.get(0);
        ScopeSpans.Builder scope = ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder()
                        .setName(first.getInstrumentationScopeInfo().getName()));
        spans.forEach(span -> scope.addSpans(span(span)));
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAllAttributes(attributes(first.getResource().getAttributes())))
                        .addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    private static Span span(SpanData data) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(id(data.getTraceId()))
                .setSpanId(id(data.getSpanId()))
                .setName(data.getName())
                .setKind(kind(data.getKind()))
                .setStartTimeUnixNano(data.getStartEpochNanos())
                .setEndTimeUnixNano(data.getEndEpochNanos())
                .addAllAttributes(attributes(data.getAttributes()))
                .setStatus(status(data));
        if (data.getParentSpanContext().isValid()) {
            span.setParentSpanId(id(data.getParentSpanId()));
        }
        for (EventData event : data.getEvents()) {
            span.addEvents(Span.Event.newBuilder()
                    .setTimeUnixNano(event.getEpochNanos())
                    .setName(event.getName())
                    .addAllAttributes(attributes(event.getAttributes())));
        }
        return span.build();
    }

    private static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    private static Span.SpanKind kind(SpanKind kind) {
        return switch (kind) {
            case INTERNAL -> Span.SpanKind.SPAN_KIND_INTERNAL;
            case SERVER -> Span.SpanKind.SPAN_KIND_SERVER;
            case CLIENT -> Span.SpanKind.SPAN_KIND_CLIENT;
            case PRODUCER -> Span.SpanKind.SPAN_KIND_PRODUCER;
            case CONSUMER -> Span.SpanKind.SPAN_KIND_CONSUMER;
        };
    }

    private static Status status(SpanData data) {
        StatusCode code = data.getStatus().getStatusCode();
        return Status.newBuilder()
                .setCode(
                        switch (code) {
                            case UNSET -> Status.StatusCode.STATUS_CODE_UNSET;
                            case OK -> Status.StatusCode.STATUS_CODE_OK;
                            case ERROR -> Status.StatusCode.STATUS_CODE_ERROR;
                        })
                .setMessage(data.getStatus().getDescription())
                .build();
    }

    static List<KeyValue> attributes(Attributes attributes) {
        List<KeyValue> all = new ArrayList<>();
        attributes.forEach((key, value) -> all.add(KeyValue.newBuilder()
                .setKey(key.getKey())
                .setValue(value(key, value))
                .build()));
        return all;
    }

    private static AnyValue value(AttributeKey<?> key, Object value) {
        if (value instanceof List<?> list) {
            ArrayValue.Builder array = ArrayValue.newBuilder();
            list.forEach(each -> array.addValues(value(key, each)));
            return AnyValue.newBuilder().setArrayValue(array).build();
        }
        if (value instanceof Boolean flag) {
            return AnyValue.newBuilder().setBoolValue(flag).build();
        }
        if (value instanceof Long number) {
            return AnyValue.newBuilder().setIntValue(number).build();
        }
        if (value instanceof Double number) {
            return AnyValue.newBuilder().setDoubleValue(number).build();
        }
        return AnyValue.newBuilder().setStringValue(value.toString()).build();
    }
}
