package io.touchpoint.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.touchpoint.records.AdConsent;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Rejected;
import io.touchpoint.records.SurveyResponse;
import java.time.Instant;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class JsonRecordReaderTest {
    private static final String ORDER = """
            {"event_id":"e1","customer_id":"c1","occurred_at":"2024-01-02T03:04:05.678Z","source":"shop","status":"PAID",\
            "lines":[{"sku":"s1","quantity":2,"unit_price_minor":995},{"sku":"s2","category":"gifts","quantity":1,\
            "unit_price_minor":9007199254740993,"unit_cost_minor":null}],"currency":"EUR","channel":"web","country":null}""";
    private static final String CONTACT = """
            {"event_id":"e1","customer_id":"c1","occurred_at":1704164645678,"source":"crm","country":"DE",\
            "ad_consent":"GRANTED","created_at":"2024-01-02T04:04:05+01:00"}""";
    private static final String ANSWER = """
            {"event_id":"e1","customer_id":"c1","occurred_at":0,"source":"s","response_id":"r","kind":"NPS","score":9,\
            "scale_min":0,"scale_max":10,"higher_is_better":true,"touchpoint":"t","channel":"web"}""";
    private static final String SPEND = """
            {"event_id":"e1","occurred_at":0,"source":"s","platform":"meta","campaign_id":"k","day":"2024-01-02",\
            "spend_minor":12,"currency":"EUR","impressions":5,"clicks":1}""";

    private final JsonRecordReader<OrderEvent> orders = JsonRecordReader.of(OrderEvent.class);
    private final JsonRecordReader<SurveyResponse> surveys = JsonRecordReader.of(SurveyResponse.class);
    private final JsonRecordReader<AdSpend> spends = JsonRecordReader.of(AdSpend.class);
    private final JsonRecordReader<CustomerContact> contacts = JsonRecordReader.of(CustomerContact.class);

    @Test
    void shouldReadEveryFieldWithItsTypeAndLeaveOptionalOnesNull() throws Exception {
        OrderEvent order = orders.read(ORDER);
        assertThat(order.getOccurredAt()).isEqualTo(Instant.parse("2024-01-02T03:04:05.678Z"));
        assertThat(order.getStatus()).isEqualTo(OrderStatus.PAID);
        assertThat(order.getOrderId()).isNull();
        assertThat(order.getCountry()).isNull();
        assertThat(order.getLines()).hasSize(2);
        assertThat(order.getLines().get(0).getCategory()).isNull();
        assertThat(order.getLines().get(1).getUnitPriceMinor()).isEqualTo(9007199254740993L);
    }

    @Test
    void shouldGiveDefaultsToAbsentFieldsAndToNulls() throws Exception {
        CustomerContact contact = contacts.read(CONTACT);
        assertThat(contact.getEmails()).isEmpty();
        assertThat(contact.getPlatformConsent()).isEmpty();
        contact.getEmails().add("changed");
        assertThat(contacts.read(CONTACT).getEmails()).isEmpty();
        assertThat(surveys.read(ANSWER.replace("}", ",\"withdrawn\":null}")).getWithdrawn())
                .isFalse();
    }

    @Test
    void shouldReadTimesAsIsoWithAnyOffsetOrAsEpochMillis() throws Exception {
        CustomerContact contact = contacts.read(CONTACT);
        assertThat(contact.getOccurredAt()).isEqualTo(Instant.parse("2024-01-02T03:04:05.678Z"));
        assertThat(contact.getCreatedAt()).isEqualTo(Instant.parse("2024-01-02T03:04:05Z"));
        assertThat(surveys.read(ANSWER.replace("\"occurred_at\":0", "\"occurred_at\":\"2024-01-02T03:04:05.123999Z\""))
                        .getOccurredAt())
                .isEqualTo(Instant.parse("2024-01-02T03:04:05.123Z"));
        assertThat(surveys.read(ANSWER.replace("\"occurred_at\":0", "\"occurred_at\":-5"))
                        .getOccurredAt())
                .isEqualTo(Instant.ofEpochMilli(-5));
    }

    @Test
    void shouldReadMapsOfEnumsAndBytes() throws Exception {
        assertThat(contacts.read(CONTACT.replace("}", ",\"platform_consent\":{\"meta\":\"DENIED\"}}"))
                        .getPlatformConsent())
                .containsEntry("meta", AdConsent.DENIED);
        Rejected rejected = JsonRecordReader.of(Rejected.class)
                .read(
                        "{\"reason\":\"INVALID\",\"detail\":\"\",\"topic\":\"t\",\"partition\":1,\"offset\":2,\"value\":\"AAH/\"}");
        assertThat(rejected.getValue().array()).containsExactly(0, 1, 255);
    }

    @Test
    void shouldTakeWholeNumbersInAnySpellingAndNothingElse() throws Exception {
        assertThat(surveys.read(ANSWER.replace("\"score\":9", "\"score\":9.0")).getScore())
                .isEqualTo(9);
        assertThat(spends.read(SPEND.replace("\"spend_minor\":12", "\"spend_minor\":9223372036854775807"))
                        .getSpendMinor())
                .isEqualTo(Long.MAX_VALUE);
        String score = "score: expected a whole number from -2147483648 to 2147483647, found ";
        refuses(surveys, ANSWER.replace("\"score\":9", "\"score\":9.5"), score + "'9.5'");
        refuses(surveys, ANSWER.replace("\"score\":9", "\"score\":2147483648"), score + "'2147483648'");
        refuses(surveys, ANSWER.replace("\"score\":9", "\"score\":\"9\""), score + "'9'");
        refuses(surveys, ANSWER.replace("\"score\":9", "\"score\":1e999999999999"), score + "'1e999999999999'");
        refuses(surveys, ANSWER.replace("\"score\":9", "\"score\":1e-400"), score + "'1e-400'");
        refuses(
                spends,
                SPEND.replace("\"spend_minor\":12", "\"spend_minor\":9223372036854775808"),
                "spend_minor: expected a whole number from -9223372036854775808 to 9223372036854775807,"
                        + " found '9223372036854775808'");
    }

    @Test
    void shouldNameTheFieldAndTheExpectationOfWhatIsWrong() {
        refuses(
                orders,
                ORDER.replace("\"quantity\":1", "\"quantity\":\"one\""),
                "lines[1].quantity: expected a whole number from -2147483648 to 2147483647, found 'one'");
        refuses(
                orders,
                ORDER.replace("\"sku\":\"s2\",", ""),
                "lines[1].sku: is missing, expected a value: OrderLine requires it");
        refuses(
                orders,
                ORDER.replace("\"source\":\"shop\"", "\"source\":null"),
                "source: is null, expected a value: OrderEvent requires it");
        refuses(
                orders,
                ORDER.replace("PAID", "PAYED"),
                "status: expected one of PLACED, PAID, SHIPPED, DELIVERED, CANCELLED, RETURNED, found 'PAYED'");
        refuses(orders, ORDER.replace("\"shop\"", "7"), "source: expected a string, found a number");
        refuses(
                orders,
                ORDER.replace("2024-01-02T03:04:05.678Z", "2024-01-02T03:04:05"),
                "occurred_at: expected a time, as ISO-8601 with an offset (2024-01-31T09:30:00.000Z) or epoch milliseconds,"
                        + " found '2024-01-02T03:04:05'");
        refuses(
                orders,
                ORDER.replace("2024-01-02T03:04:05.678Z", "+999999999-01-02T03:04:05Z"),
                "occurred_at: expected a time, as ISO-8601 with an offset (2024-01-31T09:30:00.000Z) or epoch milliseconds,"
                        + " found '+999999999-01-02T03:04:05Z'");
        refuses(
                orders,
                ORDER.replace("\"sku\":\"s2\"", "\"sku\":\"s2\",\"colour\":1"),
                "lines[1]: expected only fields of OrderLine (sku, category, quantity, unit_price_minor, unit_cost_minor),"
                        + " found the unknown field 'colour'");
        refuses(
                orders,
                ORDER.replace("\"source\"", "\"currency\":\"EUR\",\"source\""),
                "currency: is there twice, expected once");
        refuses(
                orders,
                ORDER.replace("\"EUR\"", "\"\\ud83d!\""),
                "currency: expected Unicode text, found half of a surrogate pair at its character 1");
        refuses(
                contacts,
                CONTACT.replace("}", ",\"emails\":[\"a\",null]}"),
                "emails[1]: expected a string, found null");
        refuses(
                contacts,
                CONTACT.replace("}", ",\"platform_consent\":{\"meta\":\"DENIED\",\"meta\":\"DENIED\"}}"),
                "platform_consent['meta']: is there twice, expected once");
    }

    @Test
    void shouldRefuseALineThatIsNotOneObject() {
        refuses(orders, "", "expected one JSON object, found nothing");
        refuses(orders, "[]", "expected an object with the fields of OrderEvent, found an array");
        refuses(orders, ORDER + "{}", "expected one JSON object, found more after it");
        refuses(orders, ORDER.substring(0, 50), "expected one JSON object, found broken JSON at column 51");
        refuses(orders, "[".repeat(100_000), "expected an object with the fields of OrderEvent, found an array");
        refuses(
                surveys,
                ANSWER.replace("\"score\":9", "\"score\":" + "9".repeat(5000)),
                "expected one JSON object, found a number, text or nesting too long to read");
    }

    @Test
    void shouldNotRepeatFreeTextInAnError() {
        Throwable refusal = catchThrowable(() -> orders.read(ORDER.replace("PAID", "jane.doe@example.com")));
        assertThat(refusal).hasMessageEndingWith("found a text of 20 characters");
        assertThat(catchThrowable(() -> orders.read("{\"event_id\": jane.doe@example.com}")))
                .hasMessageNotContaining("jane");
    }

    @Test
    void shouldReadATextOfTwoMegabytes() throws Exception {
        String comment = "ä".repeat(2 << 20);
        assertThat(surveys.read(ANSWER.replace("}", ",\"comment\":\"" + comment + "\"}"))
                        .getComment())
                .isEqualTo(comment);
    }

    @Test
    void shouldAnswerEveryMutationWithARecordOrAClearError() {
        Random random = new Random(7);
        RandomRecords records = new RandomRecords(7);
        int refused = 0;
        for (Class<? extends SpecificRecord> type : RandomRecords.CLASSES) {
            JsonRecordReader<?> reader = JsonRecordReader.of(type);
            for (int round = 0; round < 400; round++) {
                String line = mutate(JsonRecordWriter.toJson(records.next(type)), random);
                try {
                    assertThat(reader.read(line)).isInstanceOf(type);
                } catch (JsonRecordException refusal) {
                    refused++;
                    assertThat(refusal.problem()).contains("expected").hasSizeLessThan(600);
                }
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    private static String mutate(String line, Random random) {
        String[] pieces = {
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "1e400",
            "-",
            "1.5",
            "\\ud800",
            "\\u",
            "\u0000",
            "\"a\":1,",
            "😀"
        };
        StringBuilder text = new StringBuilder(line);
        for (int i = 1 + random.nextInt(3); i > 0 && text.length() > 1; i--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(6));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, pieces[random.nextInt(pieces.length)]);
                case 2 -> text.replace(from, to, pieces[random.nextInt(pieces.length)]);
                default -> text.insert(from, text.substring(from, Math.min(text.length(), from + random.nextInt(40))));
            }
        }
        return text.toString();
    }

    private static void refuses(JsonRecordReader<?> reader, String line, String message) {
        assertThatThrownBy(() -> reader.read(line))
                .isInstanceOf(JsonRecordException.class)
                .hasMessageStartingWith(message);
    }
}
