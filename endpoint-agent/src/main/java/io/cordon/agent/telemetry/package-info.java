/**
 * The attested record of a run, as an OpenTelemetry trace, and the spool it waits in until the server has it. What is
 * recorded here was seen by the broker or the operating system; what an agent says about itself is named so.
 */
@NullMarked
package io.cordon.agent.telemetry;

import org.jspecify.annotations.NullMarked;
