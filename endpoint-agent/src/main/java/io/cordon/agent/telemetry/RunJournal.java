package io.cordon.agent.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.cordon.agent.os.AppendFile;
import io.cordon.agent.os.RecordLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are under way, on the disk before each begins: what is found open after a crash is a run whose record is still
 * owed. Safe for concurrent use.
 */
final class RunJournal implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(instants());
    private static final long COMPACT_ABOVE = 1 << 20;

    private final RecordLog log;
    private final Map<String, RunFacts> open = new LinkedHashMap<>();

    /** One line: a run begins or ends. */
    private record Line(@Nullable RunFacts begins, @Nullable String ends) {}

    private RunJournal(RecordLog log) {
        this.log = log;
    }

    static RunJournal open(Path directory, AppendFile.Opener opener) throws IOException {
        RunJournal journal = new RunJournal(RecordLog.open(directory.resolve("runs.log"), opener));
        for (byte[] bytes : journal.log.takeFound()) {
            Line line = JSON.readValue(bytes, Line.class);
            if (line.begins() != null) {
                journal.open.put(line.begins().runId(), line.begins());
            }
            if (line.ends() != null) {
                journal.open.remove(line.ends());
            }
        }
        return journal;
    }

    /** When this returns, the run will have a record whatever happens. */
    synchronized void begin(RunFacts facts) throws IOException {
        log.append(JSON.writeValueAsBytes(new Line(facts, null)));
        open.put(facts.runId(), facts);
    }

    /** The record of the run is durable. Need not reach the disk itself: the record would only be made again, the same. */
    synchronized void end(String runId) throws IOException {
        open.remove(runId);
        log.appendUnsynced(JSON.writeValueAsBytes(new Line(null, runId)));
        if (log.length() > COMPACT_ABOVE) {
            List<byte[]> lines = new ArrayList<>();
            for (RunFacts facts : open.values()) {
                lines.add(JSON.writeValueAsBytes(new Line(facts, null)));
            }
            log.rewrite(lines);
        }
    }

    synchronized List<RunFacts> open() {
        return List.copyOf(open.values());
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
    }

    private static SimpleModule instants() {
        return new SimpleModule()
                .addSerializer(new StdSerializer<>(Instant.class) {
                    @Override
                    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
                            throws IOException {
                        out.writeString(value.toString());
                    }
                })
                .addDeserializer(Instant.class, new StdDeserializer<>(Instant.class) {
                    @Override
                    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
                        return Instant.parse(in.getText());
                    }
                });
    }
}
