@NullMarked
package io.cordon.agent.os.windows.senders;

import org.jspecify.annotations.NullMarked;
