package io.cordon.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A caller over real HTTPS: nobody, somebody signed in, or an endpoint with its certificate. Immutable. */
public final class TestClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI base;
    private final Map<String, String> headers;

    TestClient(HttpClient http, URI base, Map<String, String> headers) {
        this.http = http;
        this.base = base;
        this.headers = new LinkedHashMap<>(headers);
    }

    /** An answer, whole. */
    public record Answer(int status, byte[] bytes, java.net.http.HttpHeaders headers) {

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + status + " " + text(), e);
            }
        }

        /** The stable code of problem details. */
        public String code() {
            return json().path("code").asText();
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    public TestClient with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new TestClient(http, base, more);
    }

    public TestClient without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new TestClient(http, base, fewer);
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, json(body), "application/json");
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, json(body), "application/json");
    }

    public Answer post(String path, byte[] body, String contentType) {
        return send("POST", path, BodyPublishers.ofByteArray(body), contentType);
    }

    public Answer send(String method, String path, BodyPublisher body, @Nullable String contentType) {
        try {
            return sendAsync(method, path, body, contentType).join();
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                throw new UncheckedIOException(io);
            }
            throw e;
        }
    }

    public CompletableFuture<Answer> sendAsync(
            String method, String path, BodyPublisher body, @Nullable String contentType) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, body).timeout(Duration.ofSeconds(120));
        headers.forEach(request::setHeader);
        if (contentType != null) {
            request.setHeader("Content-Type", contentType);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray())
                .thenApply((HttpResponse<byte[]> response) ->
                        new Answer(response.statusCode(), response.body(), response.headers()));
    }

    private static BodyPublisher json(Object body) {
        try {
            return body instanceof String text
                    ? BodyPublishers.ofString(text)
                    : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
