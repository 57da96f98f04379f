package io.touchpoint.domain.audience;

import io.touchpoint.docs.GeneratedPage;
import org.junit.jupiter.api.Test;

class AudiencesDocsTest {

    @Test
    void shouldHaveAnUpToDatePage() {
        GeneratedPage.assertUpToDate("audiences.md", AudiencesPage.text());
    }
}
