package io.touchpoint.sandbox.warehouse;

import io.touchpoint.sandbox.ProjectHome;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build and the project keep for the warehouse. */
final class WarehouseFiles {

    private static final Path HOME = ProjectHome.path();

    private WarehouseFiles() {}

    /** The jars of Kafka Connect. */
    static Path runtime() {
        return built("warehouse/runtime/target/lib");
    }

    /** The folder of plugin folders. */
    static Path plugins() {
        return built("warehouse/plugins/target/connect");
    }

    /** The folder with the binaries of PostgreSQL. */
    static Path postgres() {
        return built("warehouse/runtime/target/postgres");
    }

    /** Settings of the worker and the connectors. */
    static Path connect() {
        return HOME.resolve("deploy/connect");
    }

    /** SQL of tables and views. */
    static Path sql() {
        return HOME.resolve("deploy/warehouse");
    }

    private static Path built(String name) {
        var folder = HOME.resolve(name);
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    "no " + folder + " (expected: what `mvn package` puts there, without -DskipITs)");
        }
        return folder;
    }
}
