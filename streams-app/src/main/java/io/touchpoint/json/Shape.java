package io.touchpoint.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** How one Avro type looks in JSON. Shapes are built once per record class and hold no state, so threads may share them. */
interface Shape {
    /**
     * Reads the value at the parser's current token and leaves the parser on the value's last token.
     *
     * @throws JsonRecordException when the JSON is well-formed but is not this shape
     */
    Object read(JsonParser parser) throws IOException, JsonRecordException;
}
