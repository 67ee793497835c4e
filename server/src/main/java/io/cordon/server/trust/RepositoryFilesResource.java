package io.cordon.server.trust;

import io.cordon.policy.trust.RepositoryFiles;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Serves the repository's files byte for byte. Every file but the timestamp has its version or hash in its name and never
 * changes, so any cache may keep it; the timestamp, and the absence of the next root, may change at any moment.
 */
@Path("/tuf")
@Blocking
public class RepositoryFilesResource {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String BRIEFLY = "no-cache, max-age=0";
    private static final Pattern METADATA = Pattern.compile("timestamp\\.json|[1-9][0-9]{0,15}\\.[a-z]+\\.json");
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){0,4}");

    private final SignedRepository repository;

    RepositoryFilesResource(SignedRepository repository) {
        this.repository = repository;
    }

    @GET
    @Path("/metadata/{file}")
    @Operation(hidden = true)
    public Response metadata(@PathParam("file") String file, @Context Request request) {
        if (!METADATA.matcher(file).matches()) {
            return absent();
        }
        return serve("metadata/" + file, MediaType.APPLICATION_JSON, request);
    }

    @GET
    @Path("/targets/{file: .+}")
    @Operation(hidden = true)
    public Response target(@PathParam("file") String file, @Context Request request) {
        if (!TARGET.matcher(file).matches()) {
            return absent();
        }
        return serve("targets/" + file, MediaType.APPLICATION_OCTET_STREAM, request);
    }

    private Response serve(String path, String type, Request request) {
        Optional<byte[]> found = repository.file(path);
        if (found.isEmpty()) {
            return absent();
        }
        byte[] bytes = found.get();
        String caching = path.equals(RepositoryFiles.TIMESTAMP) ? BRIEFLY : FOR_EVER;
        EntityTag tag = new EntityTag(sha256(bytes));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer = unchanged == null ? Response.ok(bytes, type) : unchanged;
        return answer.tag(tag).header("Cache-Control", caching).build();
    }

    private static Response absent() {
        return Response.status(Response.Status.NOT_FOUND)
                .header("Cache-Control", BRIEFLY)
                .build();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
