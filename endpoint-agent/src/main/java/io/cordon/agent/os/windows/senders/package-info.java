/**
 * Who is at the other end of a loopback connection: the process that the connection table names, as long as it cannot be one that
 * only got the same number later.
 */
@NullMarked
package io.cordon.agent.os.windows.senders;

import org.jspecify.annotations.NullMarked;
