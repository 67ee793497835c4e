package io.cordon.agent.telemetry.gateway.otlp;

import io.cordon.agent.os.Sender;

/** Takes what was received. Called by several threads. */
@FunctionalInterface
public interface ExportSink {
    /** Returns {@link Receipt.Taken} only when what is to be kept of the export is durable. */
    Receipt take(Export export, Sender sender);
}
