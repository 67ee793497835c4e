package io.cordon.server.access;

import io.cordon.server.audit.AuditEvent;
import io.cordon.server.audit.AuditLog;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/** The one gate: permission, then apply, then audit, in one transaction (invariant I-9). */
@ApplicationScoped
public class CommandGate {

    /** Characters of a reason. */
    static final int MAX_REASON = 1000;

    private final Access access;
    private final AuditLog audit;
    private final InstantSource clock;

    public CommandGate(Access access, AuditLog audit, InstantSource clock) {
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /** Runs the command for whoever makes the request. */
    @Transactional
    public <R> R run(AdminCommand<R> command) {
        return runAs(access.actor(), command);
    }

    /** Runs the command for that actor, for example {@link Actor#system()} at the first start. */
    @Transactional
    public <R> R runAs(Actor actor, AdminCommand<R> command) {
        Access.require(actor, command.permission());
        String reason = command.reason();
        if (reason == null || reason.isBlank()) {
            throw Problem.of(
                    ProblemCode.ACCESS_REASON_REQUIRED,
                    "reason: blank (expected: why this is done, for the audit log)");
        }
        if (reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
            throw Problem.of(
                    ProblemCode.PLATFORM_INVALID,
                    "reason: " + reason.length() + " characters (expected: at most " + MAX_REASON + ", no NUL)");
        }
        AdminCommand.Applied<R> applied = command.apply(actor);
        audit.append(new AuditEvent(clock.instant(), actor.name(), command.action(), applied.subject(), reason));
        return applied.result();
    }
}
