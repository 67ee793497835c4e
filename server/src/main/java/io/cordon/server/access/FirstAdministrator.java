package io.cordon.server.access;

import io.cordon.server.audit.AuditEvent;
import io.cordon.server.audit.AuditLog;
import io.cordon.server.platform.CordonConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.jboss.logging.Logger;

/** When there is no user at all, makes {@code admin} with a random password, kept in a file only the server's owner can read. */
@ApplicationScoped
class FirstAdministrator {

    private static final Logger LOG = Logger.getLogger(FirstAdministrator.class);
    private static final String NAME = "admin";

    private final Users users;
    private final AuditLog audit;
    private final CordonConfig config;
    private final InstantSource clock;

    FirstAdministrator(Users users, AuditLog audit, CordonConfig config, InstantSource clock) {
        this.users = users;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    void onStart(@Observes StartupEvent event) {
        QuarkusTransaction.requiringNew().run(() -> {
            // Two nodes may start on an empty database at once: the second waits here and finds the first one's user.
            users.getEntityManager()
                    .createNativeQuery("lock table users in share row exclusive mode")
                    .executeUpdate();
            if (users.count() == 0) {
                create();
            }
        });
    }

    private void create() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().encodeToString(random);
        Instant now = clock.instant();
        UserEntity user = new UserEntity();
        user.name = NAME;
        user.displayName = "Administrator";
        user.roles = new String[] {Role.ADMINISTRATOR.wire()};
        user.passwordHash = PasswordHash.of(password);
        user.createdAt = now;
        user.updatedAt = now;
        users.persist(user);
        audit.append(new AuditEvent(
                now, Actor.system().name(), "access.create-user", NAME, "first start: there was no user"));
        Path file = config.data().resolve("admin-password");
        write(file, password + "\n");
        LOG.infof("User %s made; the password is in %s", NAME, file);
    }

    private static void write(Path file, String content) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, ownerOnly);
            Files.writeString(file, content, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
