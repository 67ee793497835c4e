package io.cordon.agent.telemetry.gateway.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cordon.agent.os.Sender;
import io.cordon.agent.os.SenderIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** OTLP over HTTP/1.1 on 127.0.0.1, protobuf and JSON on one port (O2, O3). */
public final class HttpReceiver implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HttpReceiver.class.getName());
    private static final int RETRY_SECONDS = 5;
    private static final int WAITING = 64;

    private final HttpServer server;
    private final ThreadPoolExecutor workers;
    private final ExportBody body;
    private final SenderIdentity senders;
    private final ExportSink sink;

    private HttpReceiver(HttpServer server, ReceiverLimits limits, SenderIdentity senders, ExportSink sink) {
        this.server = server;
        this.body = new ExportBody(limits);
        this.senders = senders;
        this.sink = sink;
        AtomicInteger number = new AtomicInteger();
        // What does not fit is refused by closing its connection, which the sender takes for a reason to come back.
        this.workers = new ThreadPoolExecutor(
                limits.workers(), limits.workers(), 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "cordon-otlp-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Sets the limits that the JDK's server takes from system properties, once, before the first server of this process is
     * made: a request has to arrive within 10 seconds, as has its answer; 64 KiB of headers; connections as given.
     */
    public static void bound(ReceiverLimits limits) {
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", Integer.toString(64 << 10));
        System.setProperty("sun.net.httpserver.maxReqHeaders", "64");
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(4 * limits.connections()));
    }

    /**
     * Listens.
     *
     * @param port 0 for any free one
     */
    public static HttpReceiver open(int port, ReceiverLimits limits, SenderIdentity senders, ExportSink sink)
            throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), WAITING);
        HttpReceiver receiver = new HttpReceiver(server, limits, senders, sink);
        server.createContext("/", receiver::handle);
        server.setExecutor(receiver.workers);
        server.start();
        return receiver;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) {
        boolean json = isJson(exchange.getRequestHeaders());
        try (exchange) {
            answer(exchange, json, receive(exchange, json));
        } catch (IOException e) {
            LOG.log(Level.FINE, "a sender went away: {0}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "an export failed", e);
        }
    }

    private record Outcome(@Nullable Signal signal, Receipt receipt) {}

    private Outcome receive(HttpExchange exchange, boolean json) {
        Signal signal = null;
        try (InFlight.Lease lease = body.lease()) {
            signal = signal(exchange);
            requireLocalProgram(exchange.getRequestHeaders());
            requireSupported(exchange.getRequestHeaders());
            Sender sender = sender(exchange);
            String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
            byte[] bytes = body.read(exchange.getRequestBody(), encoding, lease);
            Export export = Export.of(parse(bytes, json, signal, lease));
            return new Outcome(signal, sink.take(export, sender));
        } catch (OtlpException e) {
            return new Outcome(signal, e.receipt());
        }
    }

    private static Signal signal(HttpExchange exchange) throws OtlpException {
        String path = exchange.getRequestURI().getPath();
        for (Signal signal : Signal.values()) {
            if (signal.path().equals(path)) {
                if (!exchange.getRequestMethod().equals("POST")) {
                    throw new OtlpException(
                            Receipt.Reason.WRONG_METHOD, exchange.getRequestMethod() + " (expected: POST)");
                }
                return signal;
            }
        }
        throw new OtlpException(Receipt.Reason.NOT_FOUND, "expected: /v1/traces, /v1/logs or /v1/metrics");
    }

    /** A page in a browser can reach loopback ports as well; it cannot leave its Origin out, nor choose the Host. */
    private static void requireLocalProgram(Headers headers) throws OtlpException {
        String host = String.valueOf(headers.getFirst("Host")).toLowerCase(Locale.ROOT);
        if (headers.containsKey("Origin") || !host.matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?")) {
            throw new OtlpException(
                    Receipt.Reason.FORBIDDEN, "a web page's request (expected: a program that calls 127.0.0.1)");
        }
    }

    private static boolean isJson(Headers headers) {
        return mediaType(headers).equals("application/json");
    }

    private static String mediaType(Headers headers) {
        String given = headers.getFirst("Content-Type");
        return given == null ? "" : given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static void requireSupported(Headers headers) throws OtlpException {
        String type = mediaType(headers);
        if (!type.equals("application/json") && !type.equals("application/x-protobuf")) {
            throw new OtlpException(
                    Receipt.Reason.UNSUPPORTED,
                    "Content-Type: " + type + " (expected: application/x-protobuf or application/json)");
        }
    }

    private Sender sender(HttpExchange exchange) throws OtlpException {
        SenderIdentity.Lookup lookup = senders.of(exchange.getRemoteAddress(), exchange.getLocalAddress());
        if (lookup instanceof SenderIdentity.Lookup.Known known) {
            return known.sender();
        }
        throw new OtlpException(Receipt.Reason.FORBIDDEN, "the sender cannot be told");
    }

    private Message parse(byte[] bytes, boolean json, Signal signal, InFlight.Lease lease) throws OtlpException {
        try {
            body.inFlight().reckon(bytes, json, signal, lease);
            return json
                    ? OtlpJson.parse(bytes, signal.empty())
                    : signal.empty().getParserForType().parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new OtlpException(
                    Receipt.Reason.UNDECODABLE, "body: not an OTLP export request (" + e.getMessage() + ")");
        }
    }

    private static void answer(HttpExchange exchange, boolean json, Outcome outcome) throws IOException {
        Signal signal = outcome.signal();
        if (outcome.receipt() instanceof Receipt.Taken taken && signal != null) {
            Message answer = signal.answer(taken);
            send(exchange, json, 200, json ? OtlpJson.print(answer) : answer.toByteArray());
        } else if (outcome.receipt() instanceof Receipt.Later later) {
            // 503, not 429: some exporters drop on the latter
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(RETRY_SECONDS));
            send(exchange, json, 503, status(json, 14, later.why()));
        } else if (outcome.receipt() instanceof Receipt.Refused refused) {
            Receipt.Reason reason = refused.reason();
            send(exchange, json, reason.httpStatus(), status(json, reason.rpcCode(), refused.why()));
        }
    }

    private static byte[] status(boolean json, int code, String why) {
        String message = StatusBody.shorten(why);
        return json ? StatusBody.json(code, message) : StatusBody.protobuf(code, message);
    }

    private static void send(HttpExchange exchange, boolean json, int status, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", json ? "application/json" : "application/x-protobuf");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
