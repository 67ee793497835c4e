package io.cordon.agent.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** A server on a random port of the loopback that answers as each test has it. */
public final class FleetServer implements AutoCloseable {
    static {
        // Otherwise each small answer waits 40 ms for the acknowledgement of its own head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Answers one request. */
    @FunctionalInterface
    public interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    public FleetServer(TestAuthority authority) throws IOException {
        this(authority.server("127.0.0.1"));
    }

    public FleetServer(SSLContext context) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        Handler handler = handlers.get(path);
        for (String at = path; handler == null && at.lastIndexOf('/') >= 0; ) {
            at = at.substring(0, at.lastIndexOf('/'));
            handler = handlers.get(at + "/*");
        }
        if (handler == null) {
            reply(exchange, 404, "text/html", "<h1>Not found</h1>");
        } else {
            handler.handle(exchange);
        }
    }

    /** @param path exact, or a folder with {@code /*} */
    public FleetServer on(String path, Handler handler) {
        handlers.put(path, handler);
        return this;
    }

    public URI uri() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Method and path of every request so far. */
    public List<String> requests() {
        return requests;
    }

    public static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        reply(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    public static void reply(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    public static void problem(HttpExchange exchange, int status, String code) throws IOException {
        reply(
                exchange,
                status,
                "application/problem+json",
                "{\"status\":%d,\"title\":\"No\",\"detail\":\"why\",\"code\":\"%s\"}".formatted(status, code));
    }

    /** Begins an answer, and sends no more of it until then. */
    public static Handler trickle(int status, CountDownLatch until) {
        return exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** The certificate that the client showed. */
    public static Optional<X509Certificate> client(HttpExchange exchange) {
        try {
            return Optional.of(
                    (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
