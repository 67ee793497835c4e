package io.cordon.agent.telemetry.gateway;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Status;

/** The same export, had everything in it failed. */
final class Failures {
    private Failures() {}

    static Message everywhere(Message export) {
        if (export instanceof ExportLogsServiceRequest logs) {
            ExportLogsServiceRequest.Builder failed = logs.toBuilder();
            failed.getResourceLogsBuilderList()
                    .forEach(group -> group.getScopeLogsBuilderList()
                            .forEach(scope -> scope.getLogRecordsBuilderList()
                                    .forEach(log -> log.setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR))));
            return failed.build();
        }
        if (export instanceof ExportTraceServiceRequest traces) {
            ExportTraceServiceRequest.Builder failed = traces.toBuilder();
            failed.getResourceSpansBuilderList()
                    .forEach(group -> group.getScopeSpansBuilderList()
                            .forEach(scope -> scope.getSpansBuilderList()
                                    .forEach(span -> span.setStatus(
                                            Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR)))));
            return failed.build();
        }
        return export;
    }
}
