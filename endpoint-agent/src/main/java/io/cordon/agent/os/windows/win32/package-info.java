/**
 * The only native calls: mappings of Windows' functions, structures and constants under the names of its headers, each checked
 * against those headers by the build, and thin implementations over them that check every result.
 */
@NullMarked
package io.cordon.agent.os.windows.win32;

import org.jspecify.annotations.NullMarked;
