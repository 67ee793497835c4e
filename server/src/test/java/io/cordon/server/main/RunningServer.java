package io.cordon.server.main;

import io.cordon.server.platform.CordonConfig;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bootstrap of the real server, once for all tests: its own data folder, its own embedded database, real certificates. It is
 * named by one test class and holds for all of them.
 */
public final class RunningServer implements QuarkusTestResourceLifecycleManager {

    private @Nullable Path folder;
    private @Nullable Bootstrap bootstrap;

    @Override
    public Map<String, String> start() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            folder = Files.createTempDirectory(Files.createDirectories(target), "server-");
            bootstrap = Bootstrap.start(config(folder.resolve("data"), Map.of()), Clock.systemUTC());
            Map<String, String> properties = new HashMap<>(bootstrap.properties());
            properties.put("cordon.port", "0");
            // What a server does by the clock would happen in the middle of a test; tests do it themselves.
            properties.put("quarkus.scheduler.enabled", "false");
            // Nearly as long as the server keeps an idle connection: on a slow machine too, a held reply outlasts its
            // test.
            properties.put("cordon.fleet.hold", "PT80S");
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (StartupFailure e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (bootstrap != null) {
                bootstrap.close();
            }
            if (folder != null) {
                PostgresPrograms.deleteTree(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CordonConfig config(Path data, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "cordon.data", data.toString(),
                "cordon.port", "0",
                "cordon.database.programs",
                        Path.of("target", "postgres-programs").toAbsolutePath().toString()));
        values.putAll(more);
        return new SmallRyeConfigBuilder()
                .withDefaultValues(values)
                .addDefaultInterceptors()
                .withMapping(CordonConfig.class)
                .build()
                .getConfigMapping(CordonConfig.class);
    }
}
