package io.cordon.server.access;

/**
 * A named change by an administrator. Implementations are classes named by a verb ({@code CreateEnrollmentToken}); they are run
 * by the {@link CommandGate} alone.
 *
 * @param <R> what the change gives back
 */
public interface AdminCommand<R> {

    /** Stable name in the audit log, {@code domain.verb-noun}. */
    String action();

    Permission permission();

    /** Why, in the actor's words; the gate refuses a blank one. */
    String reason();

    /** Makes the change, inside the gate's transaction. An exception undoes it and leaves no audit entry. */
    Applied<R> apply(Actor actor);

    /** The result, and what the change was made on (for the audit log). */
    record Applied<R>(R result, String subject) {}
}
