package io.touchpoint.serdes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The schemas that internal records were ever written with, from the resources of the schemas module: {@code
 * released/VERSIONS} names the versions, one a line, {@code released/<version>/state/<Record>.avsc} is present where the
 * record was added or changed.
 */
final class ReleasedSchemas {

    private static final String FOLDER = "released/";

    private ReleasedSchemas() {}

    /** Oldest first; empty when the record was never released. */
    static List<Schema> of(Class<? extends SpecificRecord> type) {
        var schemas = new ArrayList<Schema>();
        var loader = type.getClassLoader();
        for (var version : text(loader, FOLDER + "VERSIONS").lines().toList()) {
            var schema = text(loader, FOLDER + version.strip() + "/state/" + type.getSimpleName() + ".avsc");
            if (!schema.isEmpty()) {
                schemas.add(new Schema.Parser().parse(schema));
            }
        }
        return schemas;
    }

    private static String text(ClassLoader loader, String resource) {
        try (var in = loader.getResourceAsStream(resource)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
