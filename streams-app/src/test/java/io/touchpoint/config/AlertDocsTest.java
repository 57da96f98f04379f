package io.touchpoint.config;

import static io.touchpoint.docs.GeneratedPage.assertUpToDate;

import org.junit.jupiter.api.Test;

class AlertDocsTest {

    @Test
    void shouldDescribeEveryKeyAndEveryShippedRule() {
        assertUpToDate("alerts.md", AlertsPage.text());
    }
}
