package io.touchpoint.topology;

import io.touchpoint.domain.intake.Origin;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.records.Rejected;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Wraps refused records for their topic. Key, event_id and value may each be as large as the input topic allows, and all
 * three hold the same when a producer goes wrong; a rejection that the broker refuses would stop the pipeline at the same
 * record for ever. So each has a limit, and the detail says what was cut.
 */
final class Rejections {

    private static final int MOST_VALUE_BYTES = 1_500_000;
    private static final int MOST_KEY_BYTES = 4_096;
    private static final int MOST_ID_CHARACTERS = 255;

    private Rejections() {}

    /**
     * @param eventId null when it could not be read
     * @param key null when there was none
     * @param raw the value as it came, null for none
     */
    static Rejected of(Origin origin, Refusal refusal, String eventId, String key, byte[] raw) {
        var keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        var detail = new StringBuilder(refusal.detail());
        return new Rejected(
                refusal.reason().name(),
                detail.append(cut("value", raw, MOST_VALUE_BYTES))
                        .append(cut("key", keyBytes, MOST_KEY_BYTES))
                        .toString(),
                origin.topic(),
                origin.partition(),
                origin.offset(),
                // Half an identifier would be another's.
                eventId == null || eventId.length() > MOST_ID_CHARACTERS ? null : eventId,
                first(keyBytes, MOST_KEY_BYTES),
                first(raw, MOST_VALUE_BYTES));
    }

    private static String cut(String what, byte[] bytes, int most) {
        return bytes == null || bytes.length <= most
                ? ""
                : "; of the " + bytes.length + " bytes of the " + what + " the first " + most + " are kept here";
    }

    private static ByteBuffer first(byte[] bytes, int most) {
        return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, most));
    }
}
