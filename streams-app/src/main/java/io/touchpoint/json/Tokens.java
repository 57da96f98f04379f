package io.touchpoint.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Pattern;

/** Says in a few words what stands in the JSON, without repeating free text that may be personal. */
final class Tokens {
    private static final int SHOWN = 40;
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_:+. -]{1," + SHOWN + "}");

    private Tokens() {}

    static String name(JsonToken token) {
        return switch (token) {
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case FIELD_NAME -> "a field name";
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "nothing";
        };
    }

    /** Of fields that hold a code, a number or a time: the text itself, when it looks like one. */
    static String shown(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (!token.isScalarValue() || token.isBoolean() || token == JsonToken.VALUE_NULL) {
            return name(token);
        }
        return shown(parser.getText());
    }

    static String shown(String text) {
        return HARMLESS.matcher(text).matches() ? "'" + text + "'" : "a text of " + text.length() + " characters";
    }
}
