package io.cordon.agent.adapters.hook;

/** What a hook was given is not what its vendor gives. */
public final class HookFormException extends Exception {
    private static final long serialVersionUID = 1;

    HookFormException(String message) {
        super(message);
    }
}
