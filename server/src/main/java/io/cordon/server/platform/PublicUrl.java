package io.cordon.server.platform;

import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** Where people and endpoints reach this server. */
@ApplicationScoped
public class PublicUrl {

    private final CordonConfig config;
    private final HttpServer server;

    public PublicUrl(CordonConfig config, HttpServer server) {
        this.config = config;
        this.server = server;
    }

    /** {@code https://host:port} without a slash at the end; the port is the real one when 0 was asked for. */
    public URI value() {
        return URI.create(config.publicUrl()
                .map(url -> url.replaceAll("/+$", ""))
                .orElseGet(() -> "https://localhost:" + server.getSecurePort()));
    }
}
