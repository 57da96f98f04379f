package io.touchpoint.sandbox.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductCategoryTest {

    @ParameterizedTest
    @CsvSource({
        "PINK CHERRY LIGHTS, lights",
        "WHITE HANGING HEART T-LIGHT HOLDER, candles",
        "JUMBO BAG RED RETROSPOT, bags",
        "15CM CHRISTMAS GLASS BALL 20 LIGHTS, christmas",
        "POSTAGE, charges",
        "strawberry ceramic mug, mugs",
        "SET/6 WOODLAND PAPER PLATES, kitchen",
        "INFLATABLE POLITICAL GLOBE, other",
        "'', other"
    })
    void shouldReadTheCategoryFromTheWords(String description, String category) {
        assertThat(ProductCategory.of(description)).isEqualTo(category);
    }
}
