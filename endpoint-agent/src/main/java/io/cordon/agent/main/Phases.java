package io.cordon.agent.main;

import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.SecretStore;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.telemetry.FileSpool;
import io.cordon.agent.telemetry.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Optional;

/** Steps of a start that can fail for reasons outside the agent, each with its exit code and what to do. */
final class Phases {
    /** A spool of this size holds weeks of records. */
    private static final long SPOOL_LIMIT = 256L << 20;

    private static final long EVENT_SPOOL_LIMIT = 128L << 20;

    private static final String HASH_KEY = "hash-key";
    private static final int HASH_KEY_LENGTH = 32;

    private Phases() {}

    static void prepareData(Machine machine, AgentLayout layout) throws CommandException {
        try {
            machine.prepareData(layout);
        } catch (IOException e) {
            throw corrupt("the data folder cannot be used", e);
        }
    }

    /** Made here only so far that its ownership can be taken; the provisioner does the rest with the ledger. */
    static void prepareRuntime(Machine machine, AgentLayout layout) throws CommandException {
        try (Ledger ledger = Ledger.open(layout.ledger())) {
            machine.prepareRuntime(layout, ledger);
        } catch (IOException e) {
            throw corrupt("the runtime folder cannot be used", e);
        }
    }

    static Ledger ledger(AgentLayout layout) throws CommandException {
        try {
            return Ledger.open(layout.ledger());
        } catch (IOException e) {
            throw corrupt("the ledger " + layout.ledger() + " cannot be read", e);
        }
    }

    /** What agents report waits apart from the attested records, so that it can never push those out. */
    static Spool eventSpool(AgentLayout layout) throws CommandException {
        try {
            Files.createDirectories(layout.eventSpool());
            return FileSpool.open(layout.eventSpool(), EVENT_SPOOL_LIMIT);
        } catch (IOException e) {
            throw corrupt("the spool " + layout.eventSpool() + " cannot be read", e);
        }
    }

    static Spool spool(AgentLayout layout) throws CommandException {
        try {
            return FileSpool.open(layout.spool(), SPOOL_LIMIT);
        } catch (IOException e) {
            throw corrupt("the spool " + layout.spool() + " cannot be read", e);
        }
    }

    /** The identity, or that there is none; a damaged one ends the start. */
    static IdentityStore.Loaded identity(IdentityStore store) throws CommandException {
        try {
            IdentityStore.Loaded loaded = store.load();
            if (loaded instanceof IdentityStore.Loaded.Corrupt corrupt) {
                throw new CommandException(ExitCode.DATA_CORRUPT, corrupt.message());
            }
            return loaded;
        } catch (IOException e) {
            throw corrupt("the identity cannot be read", e);
        }
    }

    static MachineFacts facts(Machine machine, SecretStore secrets) throws CommandException {
        try {
            return machine.facts(secrets);
        } catch (IOException e) {
            throw corrupt("the facts of this machine cannot be read", e);
        }
    }

    /** The key that makes hashed arguments comparable on this endpoint and meaningless elsewhere. */
    static byte[] hashKey(SecretStore secrets) throws CommandException {
        try {
            Optional<byte[]> stored = secrets.read(HASH_KEY);
            if (stored.isPresent() && stored.get().length == HASH_KEY_LENGTH) {
                return stored.get();
            }
            byte[] made = new byte[HASH_KEY_LENGTH];
            new SecureRandom().nextBytes(made);
            secrets.write(HASH_KEY, made);
            return made;
        } catch (IOException e) {
            throw corrupt("the key for hashed arguments cannot be kept", e);
        }
    }

    private static CommandException corrupt(String what, IOException cause) {
        return new CommandException(
                ExitCode.DATA_CORRUPT,
                what + ": " + cause.getMessage()
                        + ". Check the disk; if the folder is damaged, \"cordon-agent uninstall\" and enroll again");
    }
}
