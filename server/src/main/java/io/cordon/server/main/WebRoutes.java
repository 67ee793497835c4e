package io.cordon.server.main;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;

/**
 * What lies around the resources: bodies that are too large are refused without being kept, the console's files are cached
 * by their kind, and a link into the console gets the console's page.
 */
@ApplicationScoped
class WebRoutes {

    private static final List<String> API = List.of("/admin/v1", "/agent/v1", "/opamp", "/tuf", "/v1", "/q");
    private static final String OPENAPI = "/admin/v1/openapi";
    private static final String INDEX = "/index.html";
    private static final int EARLY = 200;

    /** Largest body in bytes by prefix; the framework's limit holds for the rest (telemetry). */
    private static final Map<String, Long> LIMITS =
            Map.of("/admin/v1/", 1L << 20, "/agent/v1/", 1L << 16, "/opamp/", 1L << 20);

    private static final long LARGEST = 16L << 20;

    private final ObjectMapper json;

    WebRoutes(ObjectMapper json) {
        this.json = json;
    }

    void filters(@Observes Filters filters) {
        filters.register(this::before, EARLY);
    }

    private void before(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        long limit = LIMITS.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .findFirst()
                .orElse(LARGEST);
        if (length(request) > limit) {
            refuse(
                    context,
                    Problem.of(
                            ProblemCode.PLATFORM_TOO_LARGE,
                            "The body has " + length(request) + " bytes (expected: at most " + limit + ")."));
            return;
        }
        if (isConsoleLink(request, path)) {
            context.reroute(INDEX);
            return;
        }
        cache(context, path);
        if (path.equals(OPENAPI)
                && !String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains("yaml")) {
            context.reroute(OPENAPI + ".json");
            return;
        }
        context.next();
    }

    /**
     * Whoever is still sending may lose an answer after which the connection is closed, so a body of bearable length is read and
     * dropped first. Nobody who waits to be told to go on (RFC 9110, 10.1.1) sends anything before the answer.
     */
    private void refuse(RoutingContext context, Problem problem) {
        HttpServerRequest request = context.request();
        if (length(request) > LARGEST || request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            answer(context, problem);
            return;
        }
        request.handler(dropped -> {});
        request.endHandler(end -> answer(context, problem));
        request.resume();
    }

    private static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }

    /** Assets have a hash of their content in the name; the page that names them must always be the newest. */
    private static void cache(RoutingContext context, String path) {
        if (path.startsWith("/assets/")) {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
        } else if (path.equals("/") || path.equals(INDEX)) {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    /** A link into the console: something that a browser navigates to, and neither an API nor a file. */
    private static boolean isConsoleLink(HttpServerRequest request, String path) {
        boolean api = API.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
        return !api
                && request.method().equals(HttpMethod.GET)
                && String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains("text/html")
                && !path.equals("/")
                && path.indexOf('.', path.lastIndexOf('/')) < 0;
    }

    private void answer(RoutingContext context, Problem problem) {
        try {
            context.response()
                    .setStatusCode(problem.code().status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(json.writeValueAsString(problem.body()));
        } catch (JsonProcessingException e) {
            context.fail(e);
        }
    }
}
