package io.cordon.server.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that becomes an answer: RFC 9457 problem details. {@code detail} says what was found, what was expected
 * and what to do; it must hold no secret.
 */
public final class Problem extends RuntimeException {

    /** Media type of every error answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private final ProblemCode code;
    private final transient List<?> errors;
    private final transient Map<String, String> headers;

    private Problem(
            ProblemCode code, String detail, List<?> errors, Map<String, String> headers, @Nullable Throwable cause) {
        super(detail, cause, true, code.status() >= 500);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), Map.of(), null);
    }

    /** The same problem with a list of particulars, for example one record for each invalid line. */
    public Problem withErrors(List<?> particulars) {
        return new Problem(code, detail(), particulars, headers, getCause());
    }

    /** The same problem with a header on its answer, for example {@code Retry-After}. */
    public Problem withHeader(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new Problem(code, detail(), errors, more, getCause());
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    Map<String, String> headers() {
        return headers;
    }

    /** What goes on the wire. */
    public Body body() {
        return new Body(
                "urn:cordon:problem:" + code.code(),
                code.title(),
                code.status(),
                detail(),
                code.code(),
                errors.isEmpty() ? null : errors);
    }

    /** RFC 9457 members and two of ours: the stable {@code code}, and {@code errors}, absent when empty. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Body(
            String type,
            String title,
            int status,
            String detail,
            String code,
            @Nullable List<?> errors) {}
}
