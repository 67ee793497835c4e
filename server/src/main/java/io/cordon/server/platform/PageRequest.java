package io.cordon.server.platform;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The paging parameters of every list ({@code @BeanParam}): {@code limit} 1 to 200 (50 by default) and {@code cursor}. */
public final class PageRequest {

    /** More than this in one answer is never given. */
    public static final int MAX = 200;

    @QueryParam("limit")
    @DefaultValue("50")
    @Parameter(description = "how many items at most, 1 to 200")
    int limit = 50;

    @QueryParam("cursor")
    @Parameter(description = "nextCursor of the page before")
    @Nullable
    String cursor;

    public static PageRequest of(int limit, @Nullable String cursor) {
        PageRequest request = new PageRequest();
        request.limit = limit;
        request.cursor = cursor;
        return request;
    }

    public int limit() {
        if (limit < 1) {
            throw Problem.of(ProblemCode.PLATFORM_INVALID, "limit: " + limit + " (expected: 1 to " + MAX + ")");
        }
        return Math.min(limit, MAX);
    }

    public @Nullable Cursor cursor(int parts) {
        return Cursor.decode(cursor, parts);
    }
}
