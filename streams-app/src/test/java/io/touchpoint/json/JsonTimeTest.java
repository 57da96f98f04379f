package io.touchpoint.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonTimeTest {

    @Test
    void shouldWriteEveryTimeAsTheFormatterOfJavaDoes() {
        var formatter =
                new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);
        var random = new Random(1);
        var edges = Stream.of(
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "2024-02-29T23:59:59.999999999Z",
                "2000-03-01T00:00:00.001Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "0000-12-31T00:00:00Z",
                "-0001-01-01T00:00:00Z");
        var any = Stream.generate(() -> Instant.ofEpochSecond(
                        random.nextLong(-100_000_000_000L, 300_000_000_000L), random.nextInt(1_000_000_000)))
                .limit(100_000);

        Stream.concat(edges.map(Instant::parse), any)
                .forEach(time -> assertThat(JsonTime.of(time)).isEqualTo(formatter.format(time)));
    }
}
