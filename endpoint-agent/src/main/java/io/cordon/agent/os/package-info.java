/**
 * The ports through which the agent touches an operating system, and the ledger of every change it makes there. A port is
 * named by its role; beside it stands an in-memory implementation which is reference, development mode and test double at
 * once, and every real implementation ({@code os.linux}, {@code os.windows}) passes the same contract test. Nothing here
 * knows policies' documents, the server or the broker.
 */
@NullMarked
package io.cordon.agent.os;

import org.jspecify.annotations.NullMarked;
