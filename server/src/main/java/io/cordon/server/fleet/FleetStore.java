package io.cordon.server.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The port of the fleet's memory; {@link InMemoryFleetStore} is the reference. Each method is atomic and takes part in the
 * caller's transaction where there is one.
 */
public interface FleetStore {

    /** What {@link #enroll} takes. @param id the id for a machine that is new; one that is known keeps its own */
    record Enrollment(UUID id, String machineId, Facts facts, String group, Map<String, String> tags, Instant at) {}

    /**
     * Whose certificate a serial is.
     *
     * @param used whether the endpoint has shown it before
     * @param superseded whether the endpoint has shown one that ends later
     */
    record Holder(UUID endpointId, boolean disabled, boolean used, boolean superseded) {}

    /** Adds a machine, or takes over the new facts, group and tags for one that is known by its machine id. */
    Endpoint enroll(Enrollment enrollment);

    Optional<Endpoint> find(UUID id);

    List<Endpoint> list(FleetQuery query);

    /** @param at when it was disabled, null to enable it; false when there is no such endpoint */
    boolean setDisabled(UUID id, @Nullable Instant at);

    void addCertificate(UUID id, DeviceCertificate certificate);

    /** Forgets the endpoint's certificates: whoever holds one is turned away. */
    void withdrawCertificates(UUID id);

    Optional<Holder> holder(String serial);

    /** Notes that the endpoint shows this certificate; its others that have ended by then and end sooner are forgotten. */
    void use(String serial, Instant at);

    /** Notes when endpoints were last heard of; an earlier time than the one known changes nothing. */
    void touch(Map<UUID, Instant> contacts);

    /**
     * Takes over what the report tells. An attempt with the outcome of the last one adds nothing to the history; and "applied A"
     * after "failed B", when A was applied before B already, goes into the history but leaves the failure standing.
     */
    void report(UUID id, Report report);

    /** The history, newest first. */
    List<Attempt> attempts(UUID id, int limit);
}
