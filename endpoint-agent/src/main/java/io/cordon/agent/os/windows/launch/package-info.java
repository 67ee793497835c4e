/**
 * From the named pipe to a confined process and back. A conversation with {@code cordon.exe} is read, its caller attested and
 * handed to the broker; a plan becomes a logon, a restricted token, a private desktop, a job and a process in it, each undone
 * when a later one fails. What Windows is needed for stands in small interfaces ({@link
 * io.cordon.agent.os.windows.launch.PipeListener}, {@link io.cordon.agent.os.windows.launch.Machine}); everything else is pure.
 */
@NullMarked
package io.cordon.agent.os.windows.launch;

import org.jspecify.annotations.NullMarked;
