package io.cordon.deploy.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A signed-in client of {@code /admin/v1} that trusts exactly the server's own certificate authority. */
public final class AdminClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http;
    private @Nullable String cookie;
    private @Nullable String csrfToken;

    /**
     * @param base the server's address, such as {@code https://localhost:8443}
     * @param authority the PEM file of the server's certificate authority
     */
    public AdminClient(URI base, Path authority) throws IOException, GeneralSecurityException {
        this.base = base;
        this.http = HttpClient.newBuilder()
                .sslContext(trusting(authority))
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            int i = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + i++, certificate);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** The status code of a GET without a session, or empty when the server does not answer yet. */
    public boolean ready() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/q/health/ready"))
                    .timeout(TIMEOUT)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Signs in with a local account. */
    public void signIn(String user, String password) throws QuickstartException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("user", user).put("password", password);
        HttpResponse<String> response = exchange("POST", "/admin/v1/session", body);
        JsonNode session = parsed("sign in", response);
        cookie = response.headers().allValues("set-cookie").stream()
                .map(header -> header.split(";", 2)[0])
                .reduce((first, second) -> first + "; " + second)
                .orElseThrow(() -> new QuickstartException("sign in: the server set no session cookie"));
        csrfToken = session.path("csrfToken").asText();
    }

    /** GETs a document. */
    public JsonNode get(String path) throws QuickstartException, InterruptedException {
        return parsed("GET " + path, exchange("GET", path, null));
    }

    /** POSTs a document and returns the answer's. */
    public JsonNode post(String path, JsonNode body) throws QuickstartException, InterruptedException {
        return parsed("POST " + path, exchange("POST", path, body));
    }

    /** PUTs a document and returns the answer's. */
    public JsonNode put(String path, JsonNode body) throws QuickstartException, InterruptedException {
        return parsed("PUT " + path, exchange("PUT", path, body));
    }

    /** An empty JSON object. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The answer as it came, whatever its status. */
    public HttpResponse<String> exchange(String method, String path, @Nullable JsonNode body)
            throws QuickstartException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("accept", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("content-type", "application/json");
        }
        if (cookie != null) {
            request.header("cookie", cookie);
        }
        if (csrfToken != null) {
            request.header("x-cordon-csrf", csrfToken);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new QuickstartException(method + " " + path + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode parsed(String what, HttpResponse<String> response) throws QuickstartException {
        if (response.statusCode() / 100 != 2) {
            throw new QuickstartException(what + ": " + response.statusCode() + " " + response.body());
        }
        try {
            return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new QuickstartException(what + ": the answer is not JSON", e);
        }
    }
}
