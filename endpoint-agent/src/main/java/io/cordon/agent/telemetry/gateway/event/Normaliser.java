package io.cordon.agent.telemetry.gateway.event;

/** Understands the records of one vendor's agent. */
@FunctionalInterface
public interface Normaliser {
    Reading read(Observation observation);
}
