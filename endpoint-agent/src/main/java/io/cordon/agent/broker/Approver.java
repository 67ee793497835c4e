package io.cordon.agent.broker;

import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Principal;

/** Knows what a developer allowed when asked. */
interface Approver {
    /** Nobody was ever asked. */
    Approver NOBODY = (request, principal) -> false;

    /** Whether the developer was asked about just this run and allowed it. True at most once for each time of asking. */
    boolean approved(LocalRequest request, Principal principal);
}
