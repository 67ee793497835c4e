package io.cordon.server.telemetry;

class InMemoryTelemetryStoreTest extends TelemetryStoreContract {
    private final TelemetryStore store = new InMemoryTelemetryStore();

    @Override
    TelemetryStore store() {
        return store;
    }
}
