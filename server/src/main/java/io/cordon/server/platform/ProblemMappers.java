package io.cordon.server.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception that leaves a resource into problem details; what is not expected is logged under an incident id. */
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** One invalid value of a request: where ({@code revoke.reason}) and what is wrong. */
    record Violation(String field, String message) {}

    @ServerExceptionMapper
    RestResponse<Problem.Body> map(Problem problem) {
        return answer(problem);
    }

    @ServerExceptionMapper
    RestResponse<Problem.Body> map(ConstraintViolationException invalid) {
        List<Violation> violations = invalid.getConstraintViolations().stream()
                .map(violation -> new Violation(field(violation), violation.getMessage()))
                .toList();
        String detail =
                violations.stream().map(v -> v.field() + ": " + v.message()).collect(Collectors.joining("; "));
        return answer(Problem.of(ProblemCode.PLATFORM_INVALID, detail).withErrors(violations));
    }

    @ServerExceptionMapper
    RestResponse<Problem.Body> map(JsonProcessingException malformed) {
        return answer(malformed(malformed));
    }

    /** Named apart, because the framework has a mapper of its own for this very class. */
    @ServerExceptionMapper
    RestResponse<Problem.Body> map(MismatchedInputException malformed) {
        return answer(malformed(malformed));
    }

    @ServerExceptionMapper
    RestResponse<Problem.Body> map(WebApplicationException exception) {
        if (exception.getCause() instanceof JsonProcessingException malformed) {
            return answer(malformed(malformed));
        }
        Response response = exception.getResponse();
        Problem problem =
                switch (response.getStatus()) {
                    case 404 -> Problem.of(ProblemCode.PLATFORM_NOT_FOUND, "No resource has this address.");
                    case 405 -> Problem.of(ProblemCode.PLATFORM_METHOD_NOT_ALLOWED, "The resource has no such method.");
                    case 406 -> Problem.of(ProblemCode.PLATFORM_NOT_ACCEPTABLE, "Accept application/json.");
                    case 413 -> Problem.of(ProblemCode.PLATFORM_TOO_LARGE, "The body is larger than the limit.");
                    case 415 ->
                        Problem.of(
                                ProblemCode.PLATFORM_UNSUPPORTED_MEDIA_TYPE,
                                "Send the content type that is documented.");
                    case 401 -> Problem.of(ProblemCode.ACCESS_NOT_SIGNED_IN, "Sign in first.");
                    case 403 -> Problem.of(ProblemCode.ACCESS_FORBIDDEN, "The request is not permitted.");
                    case 503 -> Problem.of(ProblemCode.PLATFORM_UNAVAILABLE, "Try again later.");
                    default ->
                        response.getStatus() < 500
                                ? Problem.of(ProblemCode.PLATFORM_BAD_REQUEST, String.valueOf(exception.getMessage()))
                                : incident(exception);
                };
        return answer(problem);
    }

    @ServerExceptionMapper
    RestResponse<Problem.Body> map(Throwable unexpected) {
        return answer(incident(unexpected));
    }

    private static Problem incident(Throwable unexpected) {
        String incident = UUID.randomUUID().toString();
        LOG.errorf(unexpected, "incident %s", incident);
        return Problem.of(
                ProblemCode.PLATFORM_INTERNAL,
                "Incident " + incident + ": the server's log has the particulars under this id.");
    }

    private static Problem malformed(JsonProcessingException exception) {
        String where = exception.getLocation() == null
                ? ""
                : " (line " + exception.getLocation().getLineNr() + ", column "
                        + exception.getLocation().getColumnNr() + ")";
        String path = exception instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        return Problem.of(
                ProblemCode.PLATFORM_BAD_REQUEST,
                "The body is not the JSON that is expected" + where + (path.isEmpty() ? "" : ", at " + path) + ": "
                        + exception.getOriginalMessage());
    }

    /** The path without the method's own name: people know the field, not our Java. */
    private static String field(ConstraintViolation<?> violation) {
        String path = violation.getPropertyPath().toString();
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(dot + 1);
    }

    private static RestResponse<Problem.Body> answer(Problem problem) {
        // by number: the enum of statuses does not know all that the table uses, 422 for one
        RestResponse.ResponseBuilder<Problem.Body> builder = RestResponse.ResponseBuilder.<Problem.Body>create(
                        problem.code().status())
                .entity(problem.body())
                .header("Content-Type", Problem.MEDIA_TYPE)
                .header("Cache-Control", "no-store");
        problem.headers().forEach(builder::header);
        return builder.build();
    }
}
