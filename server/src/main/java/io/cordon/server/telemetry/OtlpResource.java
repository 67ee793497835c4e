package io.cordon.server.telemetry;

import io.cordon.server.fleet.DeviceIdentity;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** OTLP/HTTP for endpoints; the device certificate says whose rows they are. */
@Path("/v1")
@Consumes(MediaType.WILDCARD)
@Blocking
public class OtlpResource {
    private final OtlpReceiver receiver;
    private final DeviceIdentity device;

    OtlpResource(OtlpReceiver receiver, DeviceIdentity device) {
        this.receiver = receiver;
        this.device = device;
    }

    @POST
    @Path("/traces")
    @Operation(hidden = true)
    public Response traces(
            @HeaderParam("Content-Type") @Nullable String contentType,
            @HeaderParam("Content-Encoding") @Nullable String encoding,
            InputStream body) {
        OtlpFormat format = OtlpFormat.of(contentType).orElse(OtlpFormat.PROTOBUF);
        try {
            requireSupported(contentType);
            Decoded stored = receiver.receive(
                    body,
                    encoding,
                    format,
                    ExportTraceServiceRequest.newBuilder(),
                    (request, time) -> SpanDecoder.decode(request.build(), device.endpointId(), time));
            ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
            if (stored.rejected() > 0) {
                answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(stored.rejected())
                        .setErrorMessage(OtlpAnswer.shorten(stored.why())));
            }
            return OtlpAnswer.success(format, answer.build());
        } catch (OtlpFailure failure) {
            return OtlpAnswer.failure(format, failure);
        }
    }

    @POST
    @Path("/logs")
    @Operation(hidden = true)
    public Response logs(
            @HeaderParam("Content-Type") @Nullable String contentType,
            @HeaderParam("Content-Encoding") @Nullable String encoding,
            InputStream body) {
        OtlpFormat format = OtlpFormat.of(contentType).orElse(OtlpFormat.PROTOBUF);
        try {
            requireSupported(contentType);
            Decoded stored = receiver.receive(
                    body,
                    encoding,
                    format,
                    ExportLogsServiceRequest.newBuilder(),
                    (request, time) -> LogDecoder.decode(request.build(), device.endpointId(), time));
            ExportLogsServiceResponse.Builder answer = ExportLogsServiceResponse.newBuilder();
            if (stored.rejected() > 0) {
                answer.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                        .setRejectedLogRecords(stored.rejected())
                        .setErrorMessage(OtlpAnswer.shorten(stored.why())));
            }
            return OtlpAnswer.success(format, answer.build());
        } catch (OtlpFailure failure) {
            return OtlpAnswer.failure(format, failure);
        }
    }

    private static void requireSupported(@Nullable String contentType) throws OtlpFailure {
        if (OtlpFormat.of(contentType).isEmpty()) {
            throw new OtlpFailure(
                    OtlpFailure.Kind.UNSUPPORTED,
                    "Content-Type: " + contentType + " (expected: application/x-protobuf or application/json)");
        }
    }
}
