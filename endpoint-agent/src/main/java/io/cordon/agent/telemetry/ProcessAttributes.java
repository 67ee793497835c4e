package io.cordon.agent.telemetry;

import io.cordon.agent.os.RunListener;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;

/** One event of the process tree as attributes. */
final class ProcessAttributes {
    private ProcessAttributes() {}

    static Attributes of(RunListener.ProcessEvent event) {
        AttributesBuilder attributes =
                Attributes.builder().put("process.pid", event.pid()).put("process.parent_pid", event.parentPid());
        if (event.executable() != null) {
            attributes.put("process.executable.path", event.executable());
        }
        if (!event.arguments().isEmpty()) {
            attributes.put(AttributeKey.stringArrayKey("process.command_args"), event.arguments());
        }
        if (event.argumentsTruncated()) {
            attributes.put("cordon.command_args.truncated", true);
        }
        if (event.exitCode() != null) {
            attributes.put("process.exit.code", (long) event.exitCode());
        }
        return attributes.build();
    }
}
