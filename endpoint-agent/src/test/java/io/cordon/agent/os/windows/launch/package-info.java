/** Channel and launch chain against an imagined Windows. */
@NullMarked
package io.cordon.agent.os.windows.launch;

import org.jspecify.annotations.NullMarked;
