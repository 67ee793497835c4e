/** The native layer, on Windows or what passes for it. */
@NullMarked
package io.cordon.agent.os.windows.win32;

import org.jspecify.annotations.NullMarked;
