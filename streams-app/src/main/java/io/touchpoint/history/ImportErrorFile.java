package io.touchpoint.history;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Lists import errors, one JSON object a line: {@code {"file":…,"line":…,"field":…,"problem":…}}, field null for the whole line. */
public final class ImportErrorFile implements Consumer<ImportError>, Closeable {
    private final JsonGenerator json;
    private long errors;

    private ImportErrorFile(JsonGenerator json) {
        this.json = json;
    }

    /** Starts the file, replacing what stood there. */
    public static ImportErrorFile create(Path file) throws IOException {
        JsonGenerator json = new JsonFactoryBuilder()
                .rootValueSeparator((String) null)
                .build()
                .createGenerator(Files.newOutputStream(file), JsonEncoding.UTF8);
        return new ImportErrorFile(json);
    }

    @Override
    public void accept(ImportError error) {
        try {
            json.writeStartObject();
            json.writeStringField("file", error.file());
            json.writeNumberField("line", error.line());
            json.writeStringField("field", error.field().isEmpty() ? null : error.field());
            json.writeStringField("problem", error.problem());
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the list of import errors", e);
        }
        errors++;
    }

    /** How many were listed so far. */
    public long errors() {
        return errors;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
