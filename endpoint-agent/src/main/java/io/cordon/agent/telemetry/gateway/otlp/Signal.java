package io.cordon.agent.telemetry.gateway.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** The three services of OTLP: where each is reached, and how each answers. */
enum Signal {
    TRACES(
            "/v1/traces",
            "opentelemetry.proto.collector.trace.v1.TraceService",
            ExportTraceServiceRequest.getDefaultInstance()),
    LOGS(
            "/v1/logs",
            "opentelemetry.proto.collector.logs.v1.LogsService",
            ExportLogsServiceRequest.getDefaultInstance()),
    METRICS(
            "/v1/metrics",
            "opentelemetry.proto.collector.metrics.v1.MetricsService",
            ExportMetricsServiceRequest.getDefaultInstance());

    private final String path;
    private final String service;
    private final Message empty;

    Signal(String path, String service, Message empty) {
        this.path = path;
        this.service = service;
        this.empty = empty;
    }

    String path() {
        return path;
    }

    /** The full name of the gRPC service; its method is {@code Export}. */
    String service() {
        return service;
    }

    /** The request with nothing in it. */
    Message empty() {
        return empty;
    }

    /** The answer to a request that was taken; {@code partial_success} stays unset when all of it was (O5, O6). */
    Message answer(Receipt.Taken taken) {
        boolean whole = taken.rejected() == 0;
        return switch (this) {
            case TRACES -> {
                ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
                yield (whole
                                ? answer
                                : answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                                        .setRejectedSpans(taken.rejected())
                                        .setErrorMessage(taken.why())))
                        .build();
            }
            case LOGS -> {
                ExportLogsServiceResponse.Builder answer = ExportLogsServiceResponse.newBuilder();
                yield (whole
                                ? answer
                                : answer.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                                        .setRejectedLogRecords(taken.rejected())
                                        .setErrorMessage(taken.why())))
                        .build();
            }
            case METRICS -> {
                ExportMetricsServiceResponse.Builder answer = ExportMetricsServiceResponse.newBuilder();
                yield (whole
                                ? answer
                                : answer.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                                        .setRejectedDataPoints(taken.rejected())
                                        .setErrorMessage(taken.why())))
                        .build();
            }
        };
    }
}
