/**
 * The judge of the plans: a model of NTFS and of Windows' access check that shares no code with what it judges but the values,
 * and the tests that hold plans, ledger and convergence against it.
 */
@NullMarked
package io.cordon.agent.os.windows.access;

import org.jspecify.annotations.NullMarked;
