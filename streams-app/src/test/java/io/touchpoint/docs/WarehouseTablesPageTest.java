package io.touchpoint.docs;

import org.junit.jupiter.api.Test;

class WarehouseTablesPageTest {

    @Test
    void shouldHaveTheTablesOfTheContracts() {
        GeneratedPage.assertUpToDate("../deploy/warehouse/1-tables.sql", WarehouseTables.sql());
    }

    @Test
    void shouldDescribeTheTablesOfTheContracts() {
        GeneratedPage.assertUpToDate("warehouse-tables.md", WarehouseTables.page());
    }
}
