/**
 * What the {@code win32} package maps of Windows, compared with the headers of mingw-w64: no Windows runs on the machines that
 * build Cordon, and a wrong offset there is memory corruption on somebody's workstation.
 */
@NullMarked
package io.cordon.agent.os.windows.abi;

import org.jspecify.annotations.NullMarked;
