package io.touchpoint.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.OrderEvent;
import io.touchpoint.registry.InMemorySchemaRegistry;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SubjectsTest {

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final Subjects subjects = new Subjects(registry);

    @Test
    void shouldRegisterEveryContractAndNoInternalRecord() {
        assertThat(subjects.register()).isEmpty();

        assertThat(registry.idOf("touchpoint.orders.v1-value", OrderEvent.SCHEMA$))
                .isPositive();
        assertThat(registry.compatible("touchpoint.control.v1-value", other())).isTrue();
        assertThat(registry.compatible("touchpoint.orders.v1-value", other())).isFalse();
        assertThat(subjects.register()).isEmpty();
        assertThat(subjects.verify()).isEmpty();
    }

    @Test
    void shouldNameTheSubjectThatHoldsSomethingElse() {
        registry.register("touchpoint.orders.v1-value", other());
        registry.requireFullTransitive("touchpoint.orders.v1-value");

        assertThat(subjects.verify())
                .singleElement()
                .asString()
                .startsWith(
                        "touchpoint.orders.v1: subject touchpoint.orders.v1-value refuses the schema of OrderEvent");
        assertThat(subjects.register()).hasSize(1);
    }

    private static Schema other() {
        return new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"OrderEvent\",\"namespace\":\"io.touchpoint.records\",\"fields\":"
                                + "[{\"name\":\"something\",\"type\":\"string\"}]}");
    }
}
