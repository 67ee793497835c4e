package io.cordon.server.access;

import io.cordon.server.audit.AuditLog;
import io.cordon.server.audit.AuditView;
import io.cordon.server.platform.Cursor;
import io.cordon.server.platform.Page;
import io.cordon.server.platform.PageRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit log, read. Here and not in {@code audit}, because reading it needs a permission. */
@Path("/admin/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
public class AuditResource {

    private final AuditLog log;

    AuditResource(AuditLog log) {
        this.log = log;
    }

    /** Newest first. */
    @GET
    @Requires(Permission.AUDIT_READ)
    @Operation(operationId = "listAudit")
    public Page<AuditView> list(@BeanParam PageRequest page) {
        Cursor cursor = page.cursor(1);
        int limit = page.limit();
        List<AuditView> rows = log.before(cursor == null ? Long.MAX_VALUE : cursor.number(0), limit + 1).stream()
                .map(AuditView::of)
                .toList();
        return Page.of(rows, limit, entry -> Cursor.of(entry.sequence()));
    }

    /** Walks the whole chain and says whether it is intact. */
    @GET
    @Path("/verify")
    @Requires(Permission.AUDIT_READ)
    @Operation(operationId = "verifyAudit")
    public AuditLog.Verification verify() {
        return log.verify();
    }
}
