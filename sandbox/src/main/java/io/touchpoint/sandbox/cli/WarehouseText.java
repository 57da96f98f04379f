package io.touchpoint.sandbox.cli;

import io.touchpoint.sandbox.warehouse.Warehouse;
import java.util.List;

/** Where the rows are, and how to ask for them. */
final class WarehouseText {

    private static final String REVENUE =
            "SELECT month, value / 100 AS revenue, currency FROM kpi_by_month WHERE kpi = 'revenue' ORDER BY 1";

    private WarehouseText() {}

    /** {@return the addresses} */
    static List<String> addresses(Warehouse warehouse) {
        return List.of(
                "Connect   " + warehouse.connect().url() + "/connectors?expand=status",
                "Postgres  " + warehouse.postgres().address(),
                "JDBC      " + warehouse.postgres().url() + "?user=postgres");
    }

    /** {@return a query for a terminal} */
    static String query(Warehouse warehouse) {
        return "psql " + warehouse.postgres().address() + " -c \"" + REVENUE + "\"";
    }
}
