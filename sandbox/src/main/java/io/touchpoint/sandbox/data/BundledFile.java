package io.touchpoint.sandbox.data;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A compressed CSV file with a header that ships with the sandbox. */
final class BundledFile {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    private static final int BUFFER = 1 << 16;

    private final String name;

    BundledFile(String name) {
        this.name = name;
    }

    /**
     * Hands over every line after the header.
     *
     * @throws UncheckedIOException when the file is not there or broken
     */
    void forEach(Consumer<CSVRecord> line) {
        try (var packed = BundledFile.class.getResourceAsStream("/data/" + name)) {
            if (packed == null) {
                throw new FileNotFoundException("no /data/" + name + " on the class path");
            }
            var text = new InputStreamReader(new GZIPInputStream(packed, BUFFER), StandardCharsets.UTF_8);
            try (var records = FORMAT.parse(new BufferedReader(text, BUFFER))) {
                records.forEach(line);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read the bundled " + name, broken);
        }
    }
}
