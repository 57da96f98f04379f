package io.touchpoint.json;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.Alert;
import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.Rejected;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.RunDone;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Records of every class with every kind of value in them, from a seed. */
final class RandomRecords {
    static final List<Class<? extends SpecificRecord>> CLASSES = List.of(
            AdClick.class,
            AdSpend.class,
            Alert.class,
            AttributionCredit.class,
            AudienceChange.class,
            ChurnSignal.class,
            CustomerContact.class,
            CustomerProfile.class,
            CustomerState.class,
            EndMarker.class,
            ErasureReceipt.class,
            ErasureRequest.class,
            FactPartial.class,
            KpiValue.class,
            LeadEvent.class,
            OrderEvent.class,
            Rejected.class,
            RunDone.class,
            SupportEvent.class,
            Suppression.class,
            SurveyInvitation.class,
            SurveyResponse.class);

    private static final String[] TEXTS = {
        "", "a", "Ünïcödé", "日本語", "😀", "quote\" back\\slash", "\u0000\n\t", "<a&b>", "\u2028"
    };
    private static final long[] LONGS = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, 1_700_000_000_123L};
    private static final double[] DOUBLES = {0, -0.0, 1.0 / 3, 2e-323, Double.MAX_VALUE, Double.MIN_VALUE, 39.8398, 1e23
    };

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    <T extends SpecificRecord> T next(Class<T> type) {
        return type.cast(record(SpecificData.get().getSchema(type)));
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> TEXTS[random.nextInt(TEXTS.length)] + random.nextInt(100);
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? Instant.ofEpochMilli(number())
                        : number();
            case DOUBLE -> random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian();
            case BYTES -> bytes();
            case ENUM -> symbol(schema);
            case ARRAY -> list(schema.getElementType());
            case MAP -> map(schema.getValueType());
            case UNION ->
                random.nextInt(3) == 0 ? null : value(schema.getTypes().get(1));
            case RECORD -> record(schema);
            case FIXED, FLOAT, NULL -> throw new IllegalArgumentException(schema.toString());
        };
    }

    private long number() {
        return random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong() >> random.nextInt(64);
    }

    private ByteBuffer bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private Object symbol(Schema schema) {
        Object[] constants = type(schema).getEnumConstants();
        return constants[random.nextInt(constants.length)];
    }

    private List<Object> list(Schema element) {
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(value(element));
        }
        return elements;
    }

    private Map<String, Object> map(Schema value) {
        Map<String, Object> entries = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(TEXTS[random.nextInt(TEXTS.length)] + i, value(value));
        }
        return entries;
    }

    private SpecificRecord record(Schema schema) {
        SpecificRecord record;
        try {
            record = (SpecificRecord) type(schema).getConstructor().newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        return record;
    }

    private static Class<?> type(Schema schema) {
        try {
            return Class.forName(schema.getFullName());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
