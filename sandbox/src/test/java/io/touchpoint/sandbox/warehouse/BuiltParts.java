package io.touchpoint.sandbox.warehouse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.function.Supplier;

/** What the modules of the warehouse put where a test starts it from. A build of the whole project always has it. */
public final class BuiltParts {

    private BuiltParts() {}

    /** Skips the test where there is no PostgreSQL, Kafka Connect or plugin. */
    public static void assumeWarehouse() {
        assumePostgres();
        assume(List.of(WarehouseFiles::runtime, WarehouseFiles::plugins));
    }

    /** Skips the test where there is no PostgreSQL. */
    static void assumePostgres() {
        assume(List.of(WarehouseFiles::postgres));
    }

    private static void assume(List<Supplier<?>> folders) {
        for (var folder : folders) {
            try {
                folder.get();
            } catch (IllegalStateException absent) {
                assumeTrue(false, absent.getMessage());
            }
        }
    }
}
