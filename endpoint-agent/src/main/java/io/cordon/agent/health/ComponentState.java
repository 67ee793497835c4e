package io.cordon.agent.health;

/**
 * How one component is.
 *
 * @param status one line; holds no counter, so that it only changes when the state does
 */
public record ComponentState(boolean healthy, String status) {
    public static ComponentState well(String status) {
        return new ComponentState(true, status);
    }

    /** Not well; the line says what to do where something can be done. */
    public static ComponentState ill(String status) {
        return new ComponentState(false, status);
    }
}
