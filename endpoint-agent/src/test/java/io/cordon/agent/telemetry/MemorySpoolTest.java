package io.cordon.agent.telemetry;

class MemorySpoolTest extends SpoolContract {
    @Override
    Spool spool(long limit) {
        return new MemorySpool(limit);
    }
}
