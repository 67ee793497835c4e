package io.cordon.server.fleet;

import io.cordon.server.trust.RepositoryHead;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Knows on every node what is published: listens on {@code cordon_published} with a connection of its own, reads the head at
 * each notification, after each reconnect, and every few seconds anyway, because a notification can be lost with a connection.
 */
@ApplicationScoped
public class HeadWatch {

    private static final Logger LOG = Logger.getLogger(HeadWatch.class);
    private static final int POLL_MILLIS = 5_000;
    private static final int RETRY_MILLIS = 1_000;

    private final RepositoryHead repository;
    private final String url;
    private final String user;
    private final String password;
    private final List<Consumer<PublishedHead>> listeners = new CopyOnWriteArrayList<>();
    private volatile PublishedHead head = PublishedHead.none();
    private volatile boolean stopped;
    private volatile @Nullable Connection connection;
    private @Nullable Thread thread;

    HeadWatch(
            RepositoryHead repository,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.repository = repository;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** What is published, as far as this node knows. */
    PublishedHead head() {
        return head;
    }

    /** Whether notifications arrive; without, news takes up to five seconds. */
    boolean isListening() {
        return connection != null;
    }

    void onChange(Consumer<PublishedHead> listener) {
        listeners.add(listener);
    }

    /** After the repository has begun. */
    void onStart(@Observes @Priority(1000) StartupEvent event) {
        refresh();
        Thread started = new Thread(this::watch, "cordon-published");
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        Connection open = connection;
        if (open != null) {
            closeQuietly(open);
        }
        if (thread != null) {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        }
    }

    private void watch() {
        while (!stopped) {
            try (Connection listening = DriverManager.getConnection(url, user, password)) {
                try (Statement statement = listening.createStatement()) {
                    statement.execute("listen cordon_published");
                }
                connection = listening;
                refresh();
                PGConnection notifications = listening.unwrap(PGConnection.class);
                while (!stopped) {
                    notifications.getNotifications(POLL_MILLIS);
                    refresh();
                }
            } catch (SQLException | RuntimeException e) {
                if (!stopped) {
                    LOG.warnf("not listening for publications, trying again: %s", e.getMessage());
                    pause();
                }
            } finally {
                connection = null;
            }
        }
    }

    private void refresh() {
        RepositoryHead.Published published = repository.published();
        PublishedHead now =
                new PublishedHead(published.hash(), published.targetsVersion(), published.snapshotVersion());
        if (!now.equals(head)) {
            head = now;
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Connection open) {
        try {
            open.close();
        } catch (SQLException e) {
            LOG.debug("closing the listening connection", e);
        }
    }
}
