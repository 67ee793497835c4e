package io.cordon.server.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Private keys in the database, sealed by the {@link MasterKey}, so that every node has the same and a dump of the database
 * alone gives none away. Takes part in the caller's transaction.
 */
@ApplicationScoped
public class Secrets {

    private final DataSource database;
    private final MasterKey masterKey;

    public Secrets(DataSource database, MasterKey masterKey) {
        this.database = database;
        this.masterKey = masterKey;
    }

    /** The plain bytes, or empty when there is no such secret. */
    public Optional<byte[]> read(String name) {
        try (Connection connection = database.getConnection()) {
            return read(connection, masterKey, name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the secret " + name, e);
        }
    }

    /** Stores a secret, over the one of that name. */
    public void write(String name, byte[] plain) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into secrets(name, sealed) values (?, ?)"
                        + " on conflict (name) do update set sealed = excluded.sealed, updated_at = now()")) {
            insert.setString(1, name);
            insert.setBytes(2, masterKey.seal(name, plain));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write the secret " + name, e);
        }
    }

    /** Reads a secret or makes it; when two nodes race, both get what the first one stored. */
    public byte[] readOrCreate(String name, Supplier<byte[]> maker) {
        try (Connection connection = database.getConnection()) {
            return readOrCreate(connection, masterKey, name, maker);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the secret " + name, e);
        }
    }

    /** {@link #readOrCreate(String, Supplier)} for the bootstrap, which has no container yet. */
    public static byte[] readOrCreate(Connection connection, MasterKey masterKey, String name, Supplier<byte[]> maker)
            throws SQLException {
        Optional<byte[]> present = read(connection, masterKey, name);
        if (present.isPresent()) {
            return present.get();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into secrets(name, sealed) values (?, ?) on conflict (name) do nothing")) {
            insert.setString(1, name);
            insert.setBytes(2, masterKey.seal(name, maker.get()));
            insert.executeUpdate();
        }
        return read(connection, masterKey, name).orElseThrow();
    }

    private static Optional<byte[]> read(Connection connection, MasterKey masterKey, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select sealed from secrets where name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(masterKey.open(name, row.getBytes(1))) : Optional.empty();
            }
        } catch (MasterKey.WrongKeyException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
