package io.cordon.server.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the bootstrap and the whole server are told from outside. Every property can be given as an environment variable too:
 * {@code cordon.database.url} is {@code CORDON_DATABASE_URL}. The server's README lists them; a test holds it to this.
 */
@ConfigMapping(prefix = "cordon")
public interface CordonConfig {

    /** Data folder: embedded database, TLS files, master key. Readable by the server's own user alone. */
    @WithDefault("cordon-data")
    Path data();

    /** Address that the server listens on; {@code 0.0.0.0} for every network interface. */
    @WithDefault("127.0.0.1")
    String host();

    /** HTTPS port; 0 takes a free one. */
    @WithDefault("8443")
    int port();

    /** Address by which people and endpoints reach the server; {@code https://localhost:<port>} when it is not set. */
    Optional<String> publicUrl();

    Database database();

    Tls tls();

    /** The database. */
    interface Database {
        /** JDBC URL of a PostgreSQL 14 or newer; without it the server runs an embedded one in its data folder. */
        Optional<String> url();

        /** Database user, for {@code cordon.database.url}. */
        Optional<String> user();

        /** Password of the database user. */
        Optional<String> password();

        /** Most connections that one server node opens. */
        @WithDefault("20")
        int connections();

        /** Where the embedded database's programs are unpacked; {@code <data>/postgres-programs} when it is not set. */
        Optional<Path> programs();
    }

    /** The server's own certificate, instead of one from Cordon's authority. */
    interface Tls {
        /** PEM file: the server's certificate and its chain, up to and including the authority that endpoints shall pin. */
        Optional<Path> certificate();

        /** PEM file: the PKCS#8 private key. */
        Optional<Path> key();
    }
}
