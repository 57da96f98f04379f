package io.touchpoint.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudienceMapTest {

    @TempDir
    private Path folder;

    @Test
    void shouldFindTheAudienceOfAScope() throws IOException {
        var map = read("ALL: 11\nCATEGORY: { coffee: \"22\", \"*\": \"cat-{value}\" }\n");

        assertThat(map.of("ALL", "")).contains("11");
        assertThat(map.of("CATEGORY", "coffee")).contains("22");
        assertThat(map.of("CATEGORY", "tea")).contains("cat-tea");
        assertThat(map.of("CATEGORY", "../x|y")).as("no id").isEmpty();
        assertThat(map.of("SKU", "mug")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "BRAND: 1;BRAND (expected: ALL, CATEGORY or SKU)",
                "SKU: 1;SKU: 1 (expected: audiences by value, \"*\" for all others)",
                "ALL: \"a b\";ALL: \"a b\" (expected: an audience id, of letters, digits and . _ ~ : -)",
                "[];no audiences (expected: ALL, CATEGORY or SKU)"
            })
    void shouldSayWhatIsWrong(String text, String problem) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("audiences.yaml") + ": " + problem);
    }

    private AudienceMap read(String text) throws IOException {
        return AudienceMap.read(Files.writeString(folder.resolve("audiences.yaml"), text));
    }
}
