package io.cordon.server.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Gives the application the master key that the bootstrap has made sure of. */
final class MasterKeyProducer {

    @Produces
    @Singleton
    MasterKey masterKey(CordonConfig config) {
        try {
            return new MasterKey(Files.readAllBytes(config.data().resolve("master.key")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
