package io.touchpoint.domain.catalogue;

import io.touchpoint.docs.GeneratedPage;
import org.junit.jupiter.api.Test;

class MetricsDocsTest {

    @Test
    void shouldHaveAnUpToDatePage() {
        GeneratedPage.assertUpToDate("metrics.md", MetricsPage.text(KpiCatalogue.standard()));
    }
}
