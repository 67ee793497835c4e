package io.cordon.deploy.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the built parts of a checkout are.
 *
 * @param root the checkout's top folder
 */
public record Checkout(Path root) {
    /** The checkout that the system property {@code cordon.checkout} names, else the parent of the working folder. */
    public static Checkout here() {
        String named = System.getProperty("cordon.checkout");
        return new Checkout((named == null ? Path.of("..") : Path.of(named))
                .toAbsolutePath()
                .normalize());
    }

    /** The server, started with {@code java -jar}. */
    public Path serverJar() throws QuickstartException {
        return built("server/target/quarkus-app/quarkus-run.jar");
    }

    /** The agent's wrapper script. */
    public Path agent() throws QuickstartException {
        return built("endpoint-agent/target/dist/bin/cordon-agent");
    }

    /** The launcher that developers and coding agents call. */
    public Path cordon() throws QuickstartException {
        return built("endpoint-agent/target/launcher/cordon");
    }

    private Path built(String path) throws QuickstartException {
        Path file = root.resolve(path);
        if (!Files.exists(file)) {
            throw new QuickstartException(path + " is missing: build it with ./mvnw -DskipTests package");
        }
        return file;
    }
}
