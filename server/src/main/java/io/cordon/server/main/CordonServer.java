package io.cordon.server.main;

import io.cordon.server.platform.PublicUrl;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The application, once it listens: says so, then waits for its end. */
public final class CordonServer implements QuarkusApplication {

    private final PublicUrl url;
    private final String version;

    CordonServer(PublicUrl url, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.url = url;
        this.version = version;
    }

    @Override
    public int run(String... arguments) {
        long milliseconds = (System.nanoTime() - Main.began()) / 1_000_000;
        System.out.printf("Cordon server %s ready at %s in %d ms%n", version, url.value(), milliseconds);
        Quarkus.waitForExit();
        return 0;
    }
}
