package io.cordon.deploy.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Publishing policies through the admin API, the way the console does. */
public final class Publication {
    private static final String ASSIGN_TO_ALL = """
            apiVersion: cordon.io/v1
            kind: Assignments
            metadata:
              name: assignments
              title: Assignments
              description: Every endpoint follows one policy.
            spec:
              rules:
                - select: {}
                  policy: %s
            """;

    private Publication() {}

    /** The YAML of a baseline policy. */
    public static String baseline(AdminClient client, String name) throws QuickstartException, InterruptedException {
        for (JsonNode baseline : client.get("/admin/v1/baselines")) {
            if (baseline.path("name").asText().equals(name)) {
                return baseline.path("source").asText();
            }
        }
        throw new QuickstartException(name + ": no such baseline policy at this server");
    }

    /** Whether a document of that name has a published revision. */
    public static boolean published(AdminClient client, String name) throws QuickstartException, InterruptedException {
        for (JsonNode policy : client.get("/admin/v1/policies").path("items")) {
            if (policy.path("name").asText().equals(name)) {
                return policy.path("publishedRevision").isNumber();
            }
        }
        return false;
    }

    /** Saves a document as a draft and publishes it; a new document is created. */
    public static JsonNode publish(AdminClient client, String name, String source, String reason)
            throws QuickstartException, InterruptedException {
        ObjectNode draft = AdminClient.object().put("source", source).put("reason", reason);
        boolean exists =
                client.exchange("GET", "/admin/v1/policies/" + name, null).statusCode() == 200;
        if (exists) {
            JsonNode current = client.get("/admin/v1/policies/" + name).path("draft");
            if (current.isObject()) {
                draft.put("expectedRevision", current.path("revision").asInt());
            }
            client.put("/admin/v1/policies/" + name + "/draft", draft);
        } else {
            client.post("/admin/v1/policies", draft);
        }
        int revision = client.get("/admin/v1/policies/" + name)
                .path("draft")
                .path("revision")
                .asInt();
        return client.post(
                "/admin/v1/policies/" + name + "/publish",
                AdminClient.object().put("reason", reason).put("expectedRevision", revision));
    }

    /** Publishes assignments that give every endpoint one policy. */
    public static JsonNode assignToAll(AdminClient client, String policy)
            throws QuickstartException, InterruptedException {
        return publish(client, "assignments", ASSIGN_TO_ALL.formatted(policy), "All endpoints follow " + policy);
    }
}
