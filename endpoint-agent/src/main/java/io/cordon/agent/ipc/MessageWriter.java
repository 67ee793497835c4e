package io.cordon.agent.ipc;

import static io.cordon.agent.ipc.JsonFields.bytes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.os.Account;
import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.NetworkPlan;
import java.util.TreeMap;

/** Writes what the agent tells the spawner. */
public final class MessageWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private MessageWriter() {}

    public static byte[] reply(long id, LocalReply reply) {
        return bytes(message("reply", id)
                .put("exit", reply.exit())
                .put("stdout", reply.stdout())
                .put("stderr", reply.stderr()));
    }

    public static byte[] kill(long id, String reason) {
        return bytes(message("kill", id).put("reason", reason));
    }

    public static byte[] recorded(long id) {
        return bytes(message("recorded", id));
    }

    public static byte[] plan(long id, ConfinementPlan plan) {
        ObjectNode message = message("plan", id);
        message.set("plan", plan(plan));
        return bytes(message);
    }

    /** The plan as the spawner, the ledger and the tests see it. */
    public static ObjectNode plan(ConfinementPlan plan) {
        ObjectNode node = NODES.objectNode();
        Account.Posix account = plan.principal().account().posix();
        node.put("uid", account.uid()).put("gid", account.gid());
        ArrayNode groups = node.putArray("groups");
        account.groups().forEach(groups::add);
        node.put("cwd", plan.cwd());
        ArrayNode argv = node.putArray("argv");
        plan.argv().forEach(argv::add);
        ObjectNode env = node.putObject("env");
        new TreeMap<>(plan.env()).forEach(env::put);
        ArrayNode mounts = node.putArray("mounts");
        FileView.Mounts view = plan.files().asMounts();
        view.mounts().forEach(mount -> {
            ObjectNode step = mounts.addObject().put("op", mount.kind().wire());
            if (mount.source() != null) {
                step.put("src", mount.source());
            }
            step.put("dst", mount.target());
        });
        ArrayNode placeholders = node.putArray("placeholders");
        view.placeholders()
                .forEach(p -> placeholders.addObject().put("path", p.path()).put("dir", p.directory()));
        ObjectNode network =
                node.putObject("network").put("mode", plan.network().isOnline() ? "online" : "offline");
        ArrayNode ports = network.putArray("loopbackPorts");
        plan.network().loopbackPorts().forEach(ports::add);
        NetworkPlan.Hello hello = plan.network().hello();
        if (hello != null) {
            network.putObject("hello").put("port", hello.port()).put("text", hello.text());
        }
        node.putObject("seccomp").put("debugging", plan.debugging());
        node.putObject("limits")
                .put("processes", plan.limits().processes())
                .put("memoryMiB", plan.limits().memoryMiB())
                .put("wallClockSeconds", plan.limits().wallClockSeconds())
                .put("openFiles", plan.limits().openFiles());
        return node.put("hostname", plan.hostname());
    }

    private static ObjectNode message(String type, long id) {
        return NODES.objectNode().put("t", type).put("id", id);
    }
}
