package io.touchpoint.sandbox.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every KPI of the catalogue and every credit, computed from the files that replay read, by SQL that knows nothing of the pipeline, and compared with what
 * replay wrote. The scripts are resources beside this class's package: one for each family of KPIs.
 */
final class CatalogueOracle implements AutoCloseable {
    private static final List<String> INPUTS = List.of(
            "surveys", "orders", "ad-clicks", "support", "customers", "invitations", "ad-spend", "leads", "erasures");
    private static final List<String> FAMILIES = List.of(
            "surveys",
            "orders",
            "buyers",
            "cohorts",
            "acquisition",
            "spend-leads",
            "attribution",
            "leak",
            "support",
            "churn",
            "clv",
            "journey",
            "quality");
    private static final int SHOWN = 20;

    /** A value that is not what it must be. */
    record Difference(String key, String expected, String found) {
        @Override
        public String toString() {
            return key + ": expected " + expected + ", found " + found;
        }
    }

    /**
     * What came of a comparison.
     *
     * @param values how many KPI values were compared, by KPI
     * @param credits how many records of attribution were compared
     * @param different how many of all are not what they must be
     * @param first of those
     */
    record Comparison(Map<String, Long> values, long credits, long different, List<Difference> first) {
        /** {@return how many KPI values were compared} */
        long compared() {
            return values.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final Connection database;

    /** Reads the input files of a folder, each of which may be missing. */
    CatalogueOracle(Path data) throws IOException, SQLException {
        database = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET threads = 2");
        run("lines");
        run("catalogue");
        run("policy");
        for (var input : INPUTS) {
            load(input.replace('-', '_') + "_lines", data.resolve(input + ".jsonl"));
        }
    }

    /** Compares what replay wrote to a folder with what it must have written until then. */
    Comparison compare(Path out, Instant until) throws IOException, SQLException {
        return compare(out, until, true);
    }

    /** The same but for credits: each names the event that caused it, which depends on the order of arrival. */
    Comparison compareValues(Path out, Instant until) throws IOException, SQLException {
        return compare(out, until, false);
    }

    private Comparison compare(Path out, Instant until, boolean creditsToo) throws IOException, SQLException {
        execute("SET VARIABLE until_ms = " + until.toEpochMilli() + "::BIGINT");
        run("inputs");
        for (var family : FAMILIES) {
            run(family);
        }
        run("kpis");
        run("found");
        load("found_lines", out.resolve("kpis-rolling.jsonl"));
        load("found_lines", out.resolve("kpis-calendar.jsonl"));
        load("found_credit_lines", out.resolve("attribution.jsonl"));
        run("compare");
        if (creditsToo) {
            run("compare-credits");
        }
        return new Comparison(
                counts("SELECT split_part(key, '|', 1), count(*) FROM found GROUP BY ALL"),
                count("SELECT count(*) FROM found_credits"),
                count("SELECT count(*) FROM differences"),
                differences());
    }

    private List<Difference> differences() throws SQLException {
        var differences = new ArrayList<Difference>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(
                        "SELECT key, expected, found FROM differences ORDER BY key LIMIT " + SHOWN)) {
            while (rows.next()) {
                differences.add(new Difference(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return differences;
    }

    private Map<String, Long> counts(String query) throws SQLException {
        var counts = new TreeMap<String, Long>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    private long count(String query) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void load(String table, Path file) throws SQLException {
        if (Files.exists(file)) {
            execute("COPY " + table + " FROM '" + file.toString().replace("'", "''") + "' (FORMAT json)");
        }
    }

    private void run(String script) throws IOException, SQLException {
        try (InputStream resource = CatalogueOracle.class.getResourceAsStream("/oracle/" + script + ".sql")) {
            var text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            for (var statement : text.split(";\\s*\\R")) {
                if (!statement.isBlank()) {
                    execute(statement);
                }
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in:\n" + sql, e);
        }
    }

    /** Forgets everything. */
    @Override
    public void close() throws SQLException {
        database.close();
    }
}
