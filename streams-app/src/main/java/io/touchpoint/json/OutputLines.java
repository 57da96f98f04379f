package io.touchpoint.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** A file of records as they stood on a topic, one line each: {@code {"key":…,"timestamp":…,"value":{…}}}, in UTF-8. */
public final class OutputLines implements Closeable {
    private final JsonGenerator json;
    private long lines;

    private OutputLines(JsonGenerator json) {
        this.json = json;
    }

    /** Starts the file, replacing what stood there. */
    public static OutputLines create(Path file) throws IOException {
        return new OutputLines(
                JsonRecordWriter.generator(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)));
    }

    /**
     * Appends one line.
     *
     * @param key the record's key; null where it had none
     * @param timestamp the record's timestamp in epoch milliseconds, written as ISO-8601 UTC
     * @param value the record's value; null for a tombstone, written as {@code "value":null}
     */
    public void write(String key, long timestamp, SpecificRecord value) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeStringField("timestamp", JsonRecordWriter.time(Instant.ofEpochMilli(timestamp)));
        json.writeFieldName("value");
        if (value == null) {
            json.writeNull();
        } else {
            JsonRecordWriter.write(value, json);
        }
        json.writeEndObject();
        json.writeRaw('\n');
        lines++;
    }

    /** How many lines were written so far. */
    public long lines() {
        return lines;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
