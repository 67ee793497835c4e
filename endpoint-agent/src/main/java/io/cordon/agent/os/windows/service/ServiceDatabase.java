package io.cordon.agent.os.windows.service;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What registering a service needs of the service control manager. Every failure is an {@link IOException} with its number. */
public interface ServiceDatabase {
    Optional<ServiceConfig> read(String name) throws IOException;

    /** Registers it with its base settings only; the others are then what Windows takes by default. */
    void create(String name, ServiceConfig wanted) throws IOException;

    void change(String name, ServiceSetting setting, ServiceConfig wanted) throws IOException;

    /** Deleting what is not there is no error; one that is still open somewhere goes when it is closed. */
    void delete(String name) throws IOException;

    /** Empty when it is not registered. */
    Optional<ServiceStatus.State> state(String name) throws IOException;

    /** Starts it and waits until it runs; starting what runs is no error. */
    void start(String name, Duration patience) throws IOException;

    /** Stops it and waits until it is stopped; stopping what does not run is no error. */
    void stop(String name, Duration patience) throws IOException;

    /** The descriptor as Windows writes it, so that two can be compared. */
    String canonical(String sddl) throws IOException;
}
