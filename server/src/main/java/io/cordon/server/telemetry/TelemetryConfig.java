package io.cordon.server.telemetry;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What telemetry may cost, and how long it is kept. */
@ConfigMapping(prefix = "cordon.telemetry")
public interface TelemetryConfig {
    /** The largest request body, as sent. */
    @WithDefault("15M")
    MemorySize maxBody();

    /** The largest request body once decompressed (OTLP recommends 64 MiB). */
    @WithDefault("64M")
    MemorySize maxDecompressed();

    /** Decompressed bodies that one node holds at once; beyond, senders are told to come back. At least maxDecompressed. */
    @WithDefault("128M")
    MemorySize inFlight();

    /** How long spans, log records and session summaries are kept, in whole days. */
    @WithDefault("30d")
    Duration retention();

    /** How long content (prompts, arguments, outputs) is kept after it was last used, in whole days. */
    @WithDefault("30d")
    Duration contentRetention();
}
