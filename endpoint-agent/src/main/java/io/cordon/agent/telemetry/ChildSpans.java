package io.cordon.agent.telemetry;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Writes {@link ChildSpan}s as a record for the spool, with the same resource as the run's own record. */
public final class ChildSpans {
    private static final SecureRandom RANDOM = new SecureRandom();

    private ChildSpans() {}

    /** The record as OTLP; the spans may belong to several runs. */
    public static byte[] record(HostFacts host, List<ChildSpan> spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName(RunTrace.SCOPE));
        spans.forEach(span -> scope.addSpans(span(span)));
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(
                                Resource.newBuilder().addAllAttributes(OtlpTraces.attributes(RunTrace.resource(host))))
                        .addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    private static Span span(ChildSpan child) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(bytes(child.of().traceId()))
                .setSpanId(newId())
                .setParentSpanId(bytes(child.of().execution()))
                .setName(child.name())
                .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                .setStartTimeUnixNano(nanos(child.startedAt()))
                .setEndTimeUnixNano(Math.max(nanos(child.startedAt()), nanos(child.endedAt())))
                .addAllAttributes(OtlpTraces.attributes(child.attributes()));
        if (child.error() != null) {
            span.setStatus(Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage(child.error()));
        }
        return span.build();
    }

    private static ByteString newId() {
        byte[] id = new byte[8];
        do {
            RANDOM.nextBytes(id);
        } while (id[0] == 0);
        return ByteString.copyFrom(id);
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    private static long nanos(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
    }
}
