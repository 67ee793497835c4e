package io.cordon.server.main;

import io.cordon.server.platform.CordonConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The process. Exit codes are those of {@link StartupFailure.Cause}, 0 after an orderly stop. */
@QuarkusMain
public final class Main {

    private static final String BEGAN = "io.cordon.server.began";
    private static final int STOP_LIMIT_SECONDS = 15;

    private static volatile boolean failed;

    Main() {}

    /**
     * {@link System#nanoTime} of the process's begin. A system property, because the framework loads the application with
     * another class loader than this class's first one.
     */
    static long began() {
        return Long.getLong(BEGAN, System.nanoTime());
    }

    public static void main(String[] arguments) {
        long began = System.nanoTime();
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Logger.getLogger("org.flywaydb").setLevel(Level.SEVERE);
        Bootstrap bootstrap;
        try {
            bootstrap = Bootstrap.start(readConfig(), Clock.systemUTC());
        } catch (StartupFailure failure) {
            System.err.println("cordon: " + failure.getMessage());
            System.exit(failure.exitCode());
            return;
        } catch (RuntimeException unexpected) {
            unexpected.printStackTrace(System.err);
            System.err.println("cordon: the server cannot start: " + unexpected);
            System.exit(StartupFailure.Cause.UNEXPECTED.exitCode);
            return;
        }
        bootstrap.properties().forEach(System::setProperty);
        System.setProperty(BEGAN, Long.toString(began));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAfter(stopped, bootstrap), "database-stop"));
        Quarkus.run(
                CordonServer.class,
                (exitCode, failure) -> {
                    failed = failure != null;
                    stopped.countDown();
                    bootstrap.close();
                    if (failure != null) {
                        failure.printStackTrace(System.err);
                        System.err.println("cordon: the server failed: " + rootCause(failure));
                    }
                    // The process ends here whoever still holds a thread: the database is down, nothing more can be
                    // served.
                    boolean orderly = failure == null && (exitCode == 0 || exitCode > 128);
                    Runtime.getRuntime().halt(orderly ? 0 : code(failure, exitCode));
                },
                arguments);
    }

    /**
     * On a signal the framework's own hook does not wait for the exit handler above, and the process would end with the
     * database running: this hook holds the process until the application has stopped and the database after it. It also ends
     * the process itself, because after a signal the exit code would be 143, which tells nobody that all went well.
     */
    private static void closeAfter(CountDownLatch stopped, Bootstrap bootstrap) {
        boolean inTime = false;
        try {
            inTime = stopped.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!inTime) {
            System.err.println("cordon: the server did not stop in " + STOP_LIMIT_SECONDS + " s; ending the database");
        }
        bootstrap.close();
        if (inTime && !failed) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static int code(@Nullable Throwable failure, int exitCode) {
        StartupFailure.Cause cause = StartupFailure.Cause.UNEXPECTED;
        if (failure != null) {
            String root = rootCause(failure).getClass().getSimpleName();
            cause = switch (root) {
                case "ConfigValidationException" -> StartupFailure.Cause.CONFIGURATION;
                case "BindException" -> StartupFailure.Cause.PORT_TAKEN;
                default -> cause;
            };
        }
        return Math.max(cause.exitCode, exitCode);
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static CordonConfig readConfig() throws StartupFailure {
        try {
            CordonConfig config = new SmallRyeConfigBuilder()
                    .addDefaultSources()
                    .addDefaultInterceptors()
                    .withMapping(CordonConfig.class)
                    .withValidateUnknown(false)
                    .build()
                    .getConfigMapping(CordonConfig.class);
            if (config.publicUrl().isPresent()
                    && !"https".equals(URI.create(config.publicUrl().get()).getScheme())) {
                throw new IllegalArgumentException("cordon.public-url: "
                        + config.publicUrl().get() + " (expected: https://host or https://host:port)");
            }
            return config;
        } catch (IllegalArgumentException | java.util.NoSuchElementException invalid) {
            throw new StartupFailure(
                    StartupFailure.Cause.CONFIGURATION,
                    "The configuration is invalid: " + invalid.getMessage(),
                    invalid);
        }
    }
}
