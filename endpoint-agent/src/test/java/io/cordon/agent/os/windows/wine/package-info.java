/** The tests that need a Windows, on the nearest thing that a build machine has: Wine, which is honest only about a part. */
@NullMarked
package io.cordon.agent.os.windows.wine;

import org.jspecify.annotations.NullMarked;
