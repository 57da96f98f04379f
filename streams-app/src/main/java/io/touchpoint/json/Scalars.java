package io.touchpoint.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Set;

/** The shapes of single values. */
final class Scalars {
    static final Shape STRING = Scalars::string;
    static final Shape BOOLEAN = Scalars::bool;
    static final Shape INT = parser -> (int) integral(parser, Integer.MIN_VALUE, Integer.MAX_VALUE);
    static final Shape LONG = parser -> integral(parser, Long.MIN_VALUE, Long.MAX_VALUE);
    static final Shape DOUBLE = Scalars::number;
    static final Shape TIME = Scalars::time;
    static final Shape BYTES = Scalars::bytes;

    private static final String A_TIME =
            "a time, as ISO-8601 with an offset (2024-01-31T09:30:00.000Z) or epoch milliseconds";

    /** What a double may be and a JSON number may not: {@link JsonRecordWriter} writes these as strings. */
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private Scalars() {}

    private static String string(JsonParser parser) throws IOException, JsonRecordException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw JsonRecordException.expected("a string", Tokens.name(parser.currentToken()));
        }
        return unicode(parser.getText());
    }

    /** UTF-8 cannot hold half of a surrogate pair: encoding it would put a question mark in its place without a word. */
    static String unicode(String text) throws JsonRecordException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    throw JsonRecordException.expected(
                            "Unicode text", "half of a surrogate pair at its character " + (i + 1));
                }
                i++;
            }
        }
        return text;
    }

    private static Boolean bool(JsonParser parser) throws JsonRecordException {
        JsonToken token = parser.currentToken();
        if (!token.isBoolean()) {
            throw JsonRecordException.expected("true or false", Tokens.name(token));
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static long integral(JsonParser parser, long least, long greatest) throws IOException, JsonRecordException {
        if (parser.currentToken().isNumeric()) {
            try {
                long value = whole(parser);
                if (value >= least && value <= greatest) {
                    return value;
                }
            } catch (ArithmeticException | NumberFormatException notWhole) {
                // told below
            }
        }
        throw JsonRecordException.expected("a whole number from " + least + " to " + greatest, Tokens.shown(parser));
    }

    /** 3.0 and 3e2 are whole numbers too; they never pass through double, which loses digits past 2^53. */
    private static long whole(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return new BigDecimal(parser.getText()).longValueExact();
        }
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                parser.getBigIntegerValue().longValueExact();
        };
    }

    private static Double number(JsonParser parser) throws IOException, JsonRecordException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric()) {
            double value = Double.parseDouble(parser.getText());
            if (Double.isFinite(value)) {
                return value;
            }
        } else if (token == JsonToken.VALUE_STRING && NOT_FINITE.contains(parser.getText())) {
            return Double.valueOf(parser.getText());
        }
        throw JsonRecordException.expected("a number within ±1.8e308", Tokens.shown(parser));
    }

    private static Instant time(JsonParser parser) throws IOException, JsonRecordException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric()) {
            return Instant.ofEpochMilli(integral(parser, Long.MIN_VALUE, Long.MAX_VALUE));
        }
        if (token != JsonToken.VALUE_STRING) {
            throw JsonRecordException.expected(A_TIME, Tokens.name(token));
        }
        try {
            // Down to the millisecond, the grain of the contracts.
            return Instant.ofEpochMilli(
                    OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException notATime) {
            throw JsonRecordException.expected(A_TIME, Tokens.shown(parser));
        }
    }

    private static ByteBuffer bytes(JsonParser parser) throws IOException, JsonRecordException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw JsonRecordException.expected("bytes as a base64 string", Tokens.name(parser.currentToken()));
        }
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(parser.getText()));
        } catch (IllegalArgumentException notBase64) {
            throw JsonRecordException.expected(
                    "bytes as a base64 string", "a text of " + parser.getText().length() + " characters");
        }
    }
}
