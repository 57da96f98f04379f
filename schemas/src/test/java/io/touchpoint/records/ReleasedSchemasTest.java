package io.touchpoint.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Holds the contracts to what was released: {@code released/VERSIONS} lists the versions, oldest first, and each folder holds
 * the schemas that were added or changed in it. Released files are never edited.
 */
class ReleasedSchemasTest {

    private static final Path CURRENT = Path.of("src/main/avro");
    private static final Path RELEASED = Path.of("released");
    private static final String RELEASE = "touchpoint.schemas.release";
    private static final int SAMPLES = 4;

    /** With {@code -Dtouchpoint.schemas.release=v2}, writes what is new or changed to that version first. */
    @BeforeAll
    static void release() throws IOException {
        var version = System.getProperty(RELEASE, "");
        if (version.isEmpty()) {
            return;
        }
        for (var file : files(CURRENT)) {
            var name = CURRENT.relativize(file);
            var others =
                    versions().stream().filter(other -> !other.equals(version)).toList();
            if (!isReleasedIn(others, name)) {
                var target = RELEASED.resolve(version).resolve(name);
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file));
            }
        }
        if (!versions().contains(version)) {
            Files.writeString(RELEASED.resolve("VERSIONS"), String.join("\n", versions()) + "\n" + version + "\n");
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldHaveReleasedTheContractAsItIs() throws IOException {
        return files(CURRENT).stream()
                .map(file -> test(
                        file,
                        () -> assertThat(isReleasedIn(versions(), CURRENT.relativize(file)))
                                .as(
                                        "%s is not in schemas/released as it is. A released schema is never edited: run 'mvn -pl schemas test"
                                                + " -D%s=vN', with the next version, and commit the files it writes",
                                        file, RELEASE)
                                .isTrue()));
    }

    @TestFactory
    Stream<DynamicTest> shouldDecodeEveryReleasedSchemaWithTheCurrentClass() throws IOException {
        return released().stream().map(file -> test(file, () -> assertDecodes(parse(file))));
    }

    @TestFactory
    Stream<DynamicTest> shouldBeFullyCompatibleWithEveryReleasedSchema() throws IOException {
        return released().stream()
                .map(file -> test(file, () -> {
                    var old = parse(file);
                    var now = SpecificData.get().getSchema(classOf(old));
                    assertReads(now, old);
                    assertReads(old, now);
                }));
    }

    @TestFactory
    Stream<DynamicTest> shouldDocumentEveryField() throws IOException {
        return files(CURRENT).stream()
                .map(file -> test(
                        file,
                        () -> assertThat(undocumented(parse(file), new ArrayList<>(), new ArrayList<>()))
                                .as("records, enums and fields without doc")
                                .isEmpty()));
    }

    @Test
    void shouldFindTheSchemas() throws IOException {
        assertThat(files(CURRENT)).hasSizeGreaterThan(20);
        assertThat(versions()).startsWith("v1");
        assertThat(released()).hasSizeGreaterThanOrEqualTo(files(CURRENT).size());
    }

    @Test
    void shouldListEveryFolderOfReleases() throws IOException {
        try (var folders = Files.list(RELEASED)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(versions());
        }
    }

    @Test
    void shouldNoticeAFieldWithoutDefault() {
        var old = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
        var now = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":\"string\"}]}");

        assertThat(compatibility(now, old)).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
        assertThat(undocumented(now, new ArrayList<>(), new ArrayList<>())).containsExactly("R", "R.f");
    }

    private static void assertDecodes(Schema writer) throws IOException {
        var type = classOf(writer);
        var model = SpecificData.getForClass(type);
        var reader = new SpecificDatumReader<SpecificRecord>(writer, model.getSchema(type), model);
        for (int seed = 0; seed < SAMPLES; seed++) {
            var sample = SampleRecords.of(writer, seed);
            var decoder = DecoderFactory.get().binaryDecoder(SampleRecords.encode(sample), null);
            var read = reader.read(null, decoder);
            assertThat(decoder.isEnd()).isTrue();
            assertThat(read).isInstanceOf(type);
            for (var field : writer.getFields()) {
                if (field.schema().getType() == Schema.Type.STRING) {
                    var now = read.getSchema().getField(field.name());
                    assertThat(now)
                            .as("%s was released and is gone", field.name())
                            .isNotNull();
                    assertThat(read.get(now.pos())).isEqualTo(sample.get(field.name()));
                }
            }
        }
    }

    private static void assertReads(Schema reader, Schema writer) {
        var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(compatibility.getType())
                .as(() -> compatibility.getResult().getIncompatibilities().toString())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    private static List<String> undocumented(Schema schema, List<String> missing, List<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (!seen.contains(schema.getFullName())) {
                    seen.add(schema.getFullName());
                    note(schema.getDoc(), schema.getFullName(), missing);
                    for (var field : schema.getFields()) {
                        note(field.doc(), schema.getFullName() + "." + field.name(), missing);
                        undocumented(field.schema(), missing, seen);
                    }
                }
            }
            case ENUM -> note(schema.getDoc(), schema.getFullName(), missing);
            case ARRAY -> undocumented(schema.getElementType(), missing, seen);
            case MAP -> undocumented(schema.getValueType(), missing, seen);
            case UNION -> schema.getTypes().forEach(type -> undocumented(type, missing, seen));
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
                // Documented by the field that has it.
            }
        }
        return missing;
    }

    private static void note(String doc, String name, List<String> missing) {
        if (doc == null || doc.isBlank()) {
            missing.add(name);
        }
    }

    private static boolean isReleasedIn(List<String> versions, Path name) throws IOException {
        Schema newest = null;
        for (var version : versions) {
            var file = RELEASED.resolve(version).resolve(name);
            newest = Files.exists(file) ? parse(file) : newest;
        }
        // With docs and defaults, which Schema.equals leaves out in part: the text is the contract.
        return newest != null
                && newest.toString().equals(parse(CURRENT.resolve(name)).toString());
    }

    private static List<String> versions() throws IOException {
        return Files.readAllLines(RELEASED.resolve("VERSIONS"));
    }

    private static List<Path> released() throws IOException {
        var all = new ArrayList<Path>();
        for (var version : versions()) {
            all.addAll(files(RELEASED.resolve(version)));
        }
        return all;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        }
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static Class<? extends SpecificRecord> classOf(Schema schema) {
        try {
            return Class.forName(schema.getFullName()).asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(schema.getFullName() + " was released and has no class any more", e);
        }
    }

    private static DynamicTest test(Path file, Executable check) {
        return DynamicTest.dynamicTest(file.toString(), check);
    }
}
