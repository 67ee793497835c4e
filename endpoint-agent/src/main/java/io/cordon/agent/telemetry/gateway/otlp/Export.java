package io.cordon.agent.telemetry.gateway.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/** What a program exported in one request. */
public sealed interface Export {
    /** Bytes of the request as protobuf. */
    int size();

    record Traces(ExportTraceServiceRequest request) implements Export {
        @Override
        public int size() {
            return request.getSerializedSize();
        }
    }

    record Logs(ExportLogsServiceRequest request) implements Export {
        @Override
        public int size() {
            return request.getSerializedSize();
        }
    }

    record Metrics(ExportMetricsServiceRequest request) implements Export {
        @Override
        public int size() {
            return request.getSerializedSize();
        }
    }

    /** @param request of one of the three services */
    static Export of(Message request) {
        if (request instanceof ExportTraceServiceRequest traces) {
            return new Traces(traces);
        }
        if (request instanceof ExportLogsServiceRequest logs) {
            return new Logs(logs);
        }
        if (request instanceof ExportMetricsServiceRequest metrics) {
            return new Metrics(metrics);
        }
        throw new IllegalArgumentException(request.getClass() + " (expected: an export request)");
    }
}
