package io.touchpoint.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Writes times as {@code 2024-01-31T09:30:00.000Z}. Answers are full of them: with the formatter of Java they were an eighth of what an answer cost. */
final class JsonTime {

    private static final DateTimeFormatter ANY =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    private static final long FIRST = 0;
    private static final long BEYOND = Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli();
    private static final int MILLIS_A_DAY = 86_400_000;

    private JsonTime() {}

    static String of(Instant instant) {
        long second = instant.getEpochSecond();
        if (second < FIRST || second >= BEYOND / 1_000) {
            return ANY.format(instant);
        }
        long millis = instant.toEpochMilli();
        var date = LocalDate.ofEpochDay(millis / MILLIS_A_DAY);
        int ofDay = (int) (millis % MILLIS_A_DAY);
        var text = new byte[24];
        digits(text, 0, 4, date.getYear());
        text[4] = '-';
        digits(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, ofDay / 3_600_000);
        text[13] = ':';
        digits(text, 14, 2, ofDay / 60_000 % 60);
        text[16] = ':';
        digits(text, 17, 2, ofDay / 1_000 % 60);
        text[19] = '.';
        digits(text, 20, 3, ofDay % 1_000);
        text[23] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int from, int length, int number) {
        int left = number;
        for (int at = from + length - 1; at >= from; at--) {
            text[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }
}
