package io.touchpoint.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes docs/configuration.md from the declarations. */
final class SettingsPage {

    private static final Map<String, String> TITLES = titles();

    private SettingsPage() {}

    static String text() {
        var page = new StringBuilder("""
                <!-- Generated from the declarations in io.touchpoint.config.Settings; do not edit. -->
                # Configuration

                A properties file (`--config FILE`, or the file that `TOUCHPOINT_CONFIG` names), over it the environment, over that
                flags (`--set KEY=VALUE`). The variable of a key is `TOUCHPOINT_` and the key in capitals, with `_` for `.` and `-`:
                `topics.partitions` is `TOUCHPOINT_TOPICS_PARTITIONS`. An unknown key is an error, and every wrong value is named
                with where it was given and what was expected.

                Durations are a number and a unit (`100ms`, `10s`, `5m`, `24h`, `7d`) or ISO-8601 (`PT10S`, `P7D`). Sizes are a number
                and a unit (`512KiB`, `64MiB`, `1GB`). A secret is never shown.

                Everything under `kafka.` goes to Kafka's clients as it is: `kafka.security.protocol=SASL_SSL`, or for one kind of
                client `kafka.producer.compression.type=zstd`. In the environment that is `TOUCHPOINT_KAFKA_SECURITY_PROTOCOL`.
                What the pipeline depends on cannot be passed through; the message names the key to use instead.

                A variable with `_FILE` behind its name holds the path of a file with the value, as secrets are mounted:
                `TOUCHPOINT_HTTP_TOKEN_FILE=/run/secrets/http-token`, `TOUCHPOINT_KAFKA_SASL_JAAS_CONFIG_FILE=/run/secrets/jaas`.
                """);
        var last = "";
        for (var setting : Settings.ALL) {
            var title = title(setting);
            if (!title.equals(last)) {
                page.append("\n## ")
                        .append(title)
                        .append("\n\n| key | default | expected | meaning |\n| --- | --- | --- | --- |\n");
                last = title;
            }
            page.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(fallback(setting))
                    .append(" | ");
            page.append(setting.kind().expected())
                    .append(" | ")
                    .append(setting.doc())
                    .append(" |\n");
        }
        page.append("\n## Passed through\n\n| key | use instead |\n| --- | --- |\n");
        OwnedProperties.INSTEAD.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> page.append("| `kafka.")
                        .append(entry.getKey())
                        .append("` | ")
                        .append(isKey(entry.getValue()) ? "`" + entry.getValue() + "`" : entry.getValue())
                        .append(" |\n"));
        return page.toString();
    }

    private static String fallback(Setting<?> setting) {
        if (setting.secret()) {
            return "none (secret)";
        }
        return setting.fallback().isEmpty() ? "none" : "`" + setting.fallback() + "`";
    }

    private static String title(Setting<?> setting) {
        return TITLES.entrySet().stream()
                .filter(entry -> setting.key().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no section for " + setting.key()));
    }

    private static boolean isKey(String text) {
        return Settings.ALL.stream().anyMatch(setting -> setting.key().equals(text));
    }

    private static Map<String, String> titles() {
        var titles = new LinkedHashMap<String, String>();
        for (var entry : List.of(
                Map.entry("bootstrap.", "Kafka"),
                Map.entry("application.", "Kafka"),
                Map.entry("registry.", "Schema registry and serdes"),
                Map.entry("value.", "Schema registry and serdes"),
                Map.entry("topics.", "Topics"),
                Map.entry("streams.", "Running"),
                Map.entry("clock", "Running"),
                Map.entry("poison.", "Poison"),
                Map.entry("customers.", "Customers"),
                Map.entry("kpis.", "KPIs"),
                Map.entry("http.", "HTTP, policy and alerts"),
                Map.entry("policy.", "HTTP, policy and alerts"),
                Map.entry("alerts.", "HTTP, policy and alerts"),
                Map.entry("activation.", "Activation: audience changes to an ad platform"))) {
            titles.put(entry.getKey(), entry.getValue());
        }
        return titles;
    }
}
