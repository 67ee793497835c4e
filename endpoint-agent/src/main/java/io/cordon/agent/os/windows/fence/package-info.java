/**
 * The network fence of the sandbox accounts. Filters of the Windows Filtering Platform (WFP) carry it; rules of Windows Firewall
 * on the same accounts are a second layer that administrators see. What is wanted is worked out as pure values, compared with
 * what is there, and only the difference is written, in one transaction and after the ledger. Then a probe that runs as the
 * sandbox account measures the effect: accepted filters are not dropped packets.
 */
@NullMarked
package io.cordon.agent.os.windows.fence;

import org.jspecify.annotations.NullMarked;
