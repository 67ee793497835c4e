package io.cordon.server.main;

import io.cordon.server.main.StartupFailure.Cause;
import io.cordon.server.platform.CordonConfig;
import io.cordon.server.platform.MasterKey;
import io.cordon.server.platform.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Everything before the application: data folder, port, database, schema, master key, certificate; in that order. */
final class Bootstrap implements AutoCloseable {

    private static final String CANARY = "platform.master-key-check";

    private final DataFolder data;
    private final @Nullable EmbeddedDatabase database;
    private boolean closed;
    private final Map<String, String> properties;

    private Bootstrap(DataFolder data, @Nullable EmbeddedDatabase database, Map<String, String> properties) {
        this.data = data;
        this.database = database;
        this.properties = properties;
    }

    static Bootstrap start(CordonConfig config, InstantSource clock) throws StartupFailure {
        DataFolder data = DataFolder.open(config.data());
        EmbeddedDatabase embedded = null;
        try {
            requireFreePort(config);
            if (config.database().url().isEmpty()) {
                embedded = EmbeddedDatabase.start(
                        data,
                        config.database().programs().orElse(null),
                        config.database().connections());
            }
            Login login = Login.of(config.database(), embedded);
            migrate(login);
            Map<String, String> properties = new LinkedHashMap<>();
            try (Connection connection = login.connect()) {
                MasterKey masterKey = masterKey(data, connection);
                ServerTls tls = ServerTls.prepare(data, config, connection, masterKey, clock.instant());
                properties.put(
                        "quarkus.tls.key-store.pem.0.cert",
                        tls.certificateFile().toString());
                properties.put("quarkus.tls.key-store.pem.0.key", tls.keyFile().toString());
            }
            properties.put("cordon.data", data.path().toString());
            properties.put("quarkus.datasource.jdbc.url", login.url());
            properties.put("quarkus.datasource.username", login.user());
            properties.put("quarkus.datasource.password", login.password());
            return new Bootstrap(data, embedded, properties);
        } catch (StartupFailure | RuntimeException failure) {
            end(data, embedded);
            throw failure;
        } catch (SQLException | IOException failure) {
            end(data, embedded);
            throw new StartupFailure(Cause.UNEXPECTED, "The server cannot be prepared: " + failure, failure);
        }
    }

    /** Configuration that the application needs on top of what it was given. */
    Map<String, String> properties() {
        return properties;
    }

    /** How to reach the database. */
    private record Login(String url, String user, String password, boolean external) {

        static Login of(CordonConfig.Database config, @Nullable EmbeddedDatabase embedded) {
            return embedded != null
                    ? new Login(embedded.jdbcUrl(), embedded.user(), embedded.password(), false)
                    : new Login(
                            config.url().orElseThrow(),
                            config.user().orElse("cordon"),
                            config.password().orElse(""),
                            true);
        }

        Connection connect() throws StartupFailure {
            try {
                Properties properties = new Properties();
                properties.setProperty("user", user);
                properties.setProperty("password", password);
                properties.setProperty("connectTimeout", "10");
                return DriverManager.getConnection(url, properties);
            } catch (SQLException e) {
                throw new StartupFailure(
                        Cause.DATABASE_UNREACHABLE,
                        "The database " + url + " cannot be reached (" + e.getMessage() + "): check "
                                + (external
                                        ? "CORDON_DATABASE_URL, CORDON_DATABASE_USER and CORDON_DATABASE_PASSWORD."
                                        : "postgres.log and postgres-password in the data folder."),
                        e);
            }
        }
    }

    private static void migrate(Login login) throws StartupFailure, SQLException {
        login.connect().close();
        try {
            Flyway.configure(Bootstrap.class.getClassLoader())
                    .dataSource(login.url(), login.user(), login.password())
                    .locations("classpath:db/migration")
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .outOfOrder(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StartupFailure(
                    Cause.DATABASE_SCHEMA,
                    "The database cannot be brought to this version ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + "): run the version of the server that wrote it, or restore a backup.",
                    e);
        }
    }

    /**
     * The master key of the data folder; a new one only while the database seals nothing with another. A wrong key is noticed
     * here, not at the first signature.
     */
    private static MasterKey masterKey(DataFolder data, Connection connection)
            throws StartupFailure, IOException, SQLException {
        Optional<MasterKey> present = data.masterKey();
        if (present.isEmpty() && hasSecrets(connection)) {
            throw new StartupFailure(
                    Cause.MASTER_KEY,
                    data.resolve("master.key") + " is missing, but the database holds secrets that only it opens:"
                            + " restore it from a backup or copy it from another node.");
        }
        MasterKey key = present.isPresent() ? present.get() : data.createMasterKey();
        try {
            Secrets.readOrCreate(connection, key, CANARY, () -> "cordon".getBytes(StandardCharsets.US_ASCII));
            return key;
        } catch (IllegalStateException wrong) {
            throw new StartupFailure(
                    Cause.MASTER_KEY,
                    data.resolve("master.key") + " is not the key that the database's secrets were sealed with: restore"
                            + " the right one from a backup or copy it from another node.",
                    wrong);
        }
    }

    private static boolean hasSecrets(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select exists (select 1 from secrets)")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void requireFreePort(CordonConfig config) throws StartupFailure {
        if (config.port() == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(config.host()), config.port()));
        } catch (IOException e) {
            throw new StartupFailure(
                    Cause.PORT_TAKEN,
                    "Port " + config.port() + " of " + config.host() + " cannot be used (" + e.getMessage()
                            + "): stop what listens there, or choose another with CORDON_PORT.",
                    e);
        }
    }

    /** Lets go of the data folder as a killed server does: the database is not stopped. For tests of what comes after. */
    void abandon() {
        data.close();
    }

    /** Ends the database and frees the data folder. Whoever calls second waits for the first. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            end(data, database);
        }
    }

    private static void end(DataFolder data, @Nullable EmbeddedDatabase database) {
        try {
            if (database != null) {
                database.close();
            }
        } catch (IOException e) {
            System.err.println("cordon: the embedded database did not stop: " + e.getMessage());
        } finally {
            data.close();
        }
    }
}
