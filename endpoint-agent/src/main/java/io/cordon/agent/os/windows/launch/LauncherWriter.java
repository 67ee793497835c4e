package io.cordon.agent.os.windows.launch;

import static io.cordon.agent.ipc.JsonFields.bytes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.os.LocalReply;

/** Writes what {@code cordon.exe} is told; the other half of its protocol is documented with its frames. */
final class LauncherWriter {
    private LauncherWriter() {}

    static byte[] started() {
        return bytes(message("started"));
    }

    /** @param ends values in the process of {@code cordon.exe}, which owns them from here on */
    static byte[] pty(ConsoleEnds ends) {
        return bytes(message("pty").put("in", ends.writeTo()).put("out", ends.readFrom()));
    }

    /** @param status of the process, all 32 bits of it */
    static byte[] exited(int status) {
        return bytes(message("exited").put("code", Integer.toUnsignedLong(status)));
    }

    static byte[] reply(LocalReply reply) {
        return bytes(message("reply")
                .put("exit", reply.exit())
                .put("stdout", reply.stdout())
                .put("stderr", reply.stderr()));
    }

    static byte[] failed(String message) {
        return bytes(message("failed").put("message", message));
    }

    private static ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("t", type);
    }
}
