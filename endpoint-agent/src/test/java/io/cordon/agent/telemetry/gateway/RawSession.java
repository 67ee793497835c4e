package io.cordon.agent.telemetry.gateway;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads recordings in another way than the gateway does, by reflection over whatever messages there are, and lists what matters
 * to security in them by words of its own.
 */
final class RawSession {
    private static final Set<String> CALL_IDS =
            Set.of("call_id", "tool_use_id", "gen_ai.tool.call.id", "gen_ai.tool.call_id");

    /** Everything that has attributes: its event name or name, and the attributes as text. */
    record Record(String type, String name, Map<String, String> attributes, boolean error) {}

    final List<Record> records = new ArrayList<>();
    long bytes;

    static RawSession of(List<Message> messages) {
        RawSession session = new RawSession();
        for (Message message : messages) {
            session.bytes += message.getSerializedSize();
            session.walk(message);
        }
        return session;
    }

    private void walk(Message message) {
        String type = message.getDescriptorForType().getName();
        if (Set.of("LogRecord", "Span", "Event").contains(type)) {
            Map<String, String> attributes = attributes(message);
            String name = attributes.getOrDefault(
                    "event.name", text(message, type.equals("LogRecord") ? "event_name" : "name"));
            records.add(new Record(type, name, attributes, error(message)));
        }
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getValue() instanceof List<?> list) {
                list.stream().filter(Message.class::isInstance).forEach(each -> walk((Message) each));
            } else if (field.getValue() instanceof Message inner) {
                walk(inner);
            }
        }
    }

    private static boolean error(Message message) {
        return message.getAllFields().entrySet().stream()
                .anyMatch(field -> (field.getKey().getName().equals("severity_number")
                                && message.toString().matches("(?s).*SEVERITY_NUMBER_(ERROR|FATAL).*"))
                        || (field.getKey().getName().equals("status")
                                && field.getValue().toString().contains("STATUS_CODE_ERROR")));
    }

    private static String text(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field))
                .toString();
    }

    private static Map<String, String> attributes(Message message) {
        Map<String, String> attributes = new HashMap<>();
        FieldDescriptor field = message.getDescriptorForType().findFieldByName("attributes");
        for (Object each : (List<?>) message.getField(field)) {
            Message pair = (Message) each;
            Message value = (Message) pair.getField(pair.getDescriptorForType().findFieldByName("value"));
            value.getAllFields().values().forEach(held -> attributes.put(text(pair, "key"), held.toString()));
        }
        return attributes;
    }

    /** Ids of all tool calls that any record speaks of. */
    Set<String> toolCalls() {
        Set<String> ids = new TreeSet<>();
        for (Record record : records) {
            record.attributes().forEach((key, value) -> {
                if (CALL_IDS.contains(key)) {
                    ids.add(value);
                }
            });
        }
        return ids;
    }

    long count(String type, String name) {
        return records.stream()
                .filter(each -> each.type().equals(type) && each.name().equals(name))
                .count();
    }

    List<Record> errors() {
        return records.stream().filter(Record::error).toList();
    }

    /** Values of an attribute in records of that name, in order. */
    List<String> values(String name, String key) {
        return records.stream()
                .filter(each -> each.name().equals(name) && each.attributes().containsKey(key))
                .map(each -> String.valueOf(each.attributes().get(key)))
                .toList();
    }
}
