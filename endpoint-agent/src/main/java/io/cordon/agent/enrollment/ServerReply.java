package io.cordon.agent.enrollment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A whole reply of the server, within its bounds.
 *
 * @param status the HTTP status; a redirect is never followed and arrives here as it is
 */
public record ServerReply(int status, HttpHeaders headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A server that asks for more patience than this gets only this much. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    /**
     * What an RFC 9457 problem says.
     *
     * @param code stable and dotted, for example {@code enrollment.token-used}; empty when the reply is no problem of ours
     */
    public record Problem(String code, String detail) {}

    /** The problem in the body; with an empty code when there is none. */
    public Problem problem() {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null
                    ? new Problem("", "")
                    : new Problem(
                            node.path("code").asText(""),
                            printable(node.path("detail")
                                    .asText(node.path("title").asText(""))));
        } catch (IOException e) {
            return new Problem("", "");
        }
    }

    /** The body as a JSON object, or empty. */
    Optional<JsonNode> object() {
        try {
            JsonNode node = JSON.readTree(body);
            return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("reading from memory failed", e);
        }
    }

    /** The server's clock, by its {@code Date} header. */
    public Optional<Instant> date() {
        try {
            return headers.firstValue("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** How long the server asks to be left alone (seconds or a date), at most five minutes. */
    public Optional<Duration> retryAfter(Instant now) {
        return headers.firstValue("Retry-After")
                .flatMap(text -> wait(text.strip(), now))
                .map(wait -> {
                    Duration atLeastZero = wait.isNegative() ? Duration.ZERO : wait;
                    return atLeastZero.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : atLeastZero;
                });
    }

    private static Optional<Duration> wait(String text, Instant now) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            return Optional.of(Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A server's text goes into logs and onto terminals: no control characters, not endlessly long. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 500 ? line.substring(0, 500) : line;
    }
}
