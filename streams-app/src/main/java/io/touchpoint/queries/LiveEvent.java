package io.touchpoint.queries;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.touchpoint.json.JsonRecordWriter;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;

/** Something that was published, for those who watch. Most events nobody watches, so the text is made when it is asked for, and once. */
final class LiveEvent {

    /** What an event is about, as it stands in the stream. */
    enum Kind {
        KPI,
        SUPPRESSION,
        CHURN,
        ALERT;

        String word() {
            return switch (this) {
                case KPI -> "kpi";
                case SUPPRESSION -> "suppression";
                case CHURN -> "churn";
                case ALERT -> "alert";
            };
        }
    }

    /** Wakes those who wait for the next one when there will be none. */
    static final LiveEvent END = new LiveEvent(0, null, null, null);

    private final long number;
    private final Kind kind;
    private final String key;
    private final SpecificRecord value;
    private volatile String json;
    private volatile byte[] text;

    /** @param number counts up from the start of this process */
    LiveEvent(long number, Kind kind, String key, SpecificRecord value) {
        this.number = number;
        this.kind = kind;
        this.key = key;
        this.value = value;
    }

    long number() {
        return number;
    }

    Kind kind() {
        return kind;
    }

    /** {@return the id of the KPI, of one} */
    String kpi() {
        return key.substring(0, key.indexOf('|'));
    }

    /** {@return the segment of the KPI, of one} */
    String segment() {
        return segment(key);
    }

    /** {@return the window of the KPI, of one over a window; of a period its name} */
    String window() {
        return key.substring(key.lastIndexOf('|') + 1);
    }

    /** {@return the part of a KPI's key between the first two bars} */
    static String segment(String key) {
        int start = key.indexOf('|') + 1;
        return key.substring(start, key.indexOf('|', start));
    }

    SpecificRecord value() {
        return value;
    }

    String key() {
        return key;
    }

    /**
     * {@return the event as it stands in a stream}
     *
     * @param process begins its id; the same in every call
     */
    byte[] text(String process) {
        if (text == null) {
            text = ("id: " + process + "." + number + "\nevent: " + kind.word() + "\ndata: " + json() + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
        return text;
    }

    /** {@return key and value as JSON} */
    String json() {
        if (json == null) {
            var quoted = new String(JsonStringEncoder.getInstance().quoteAsString(key));
            json = "{\"key\":\"" + quoted + "\",\"value\":" + JsonRecordWriter.toJson(value) + "}";
        }
        return json;
    }
}
