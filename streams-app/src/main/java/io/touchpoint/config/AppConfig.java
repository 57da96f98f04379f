package io.touchpoint.config;

import io.touchpoint.domain.alert.AlertRules;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.customer.Limits;
import io.touchpoint.registry.HttpSchemaRegistry;
import io.touchpoint.registry.RegistrySettings;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.TopicSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration, validated. Read from a properties file, over it the environment ({@code TOUCHPOINT_…}), over that
 * flags; every key is described in {@code docs/configuration.md}.
 *
 * @param policyFile empty for the policy that is shipped
 * @param alerts what raises alerts
 * @param activation how audience changes are delivered
 */
public record AppConfig(
        Kafka kafka,
        Serde serde,
        TopicSettings topics,
        Streams streams,
        Customers customers,
        Kpis kpis,
        Poison poison,
        Http http,
        Optional<Path> policyFile,
        AlertRules alerts,
        Activation activation) {

    /**
     * The connection to Kafka.
     *
     * @param client passed to every Kafka client as it is, for example TLS and SASL
     */
    public record Kafka(String bootstrapServers, String applicationId, Map<String, String> client) {

        private static final Set<String> CLIENTS = Set.of(
                "consumer.",
                "main.consumer.",
                "restore.consumer.",
                "global.consumer.",
                "producer.",
                "admin.",
                "topic.");

        /** For an admin client. */
        public Map<String, Object> admin() {
            return client("admin.");
        }

        /** For a consumer. */
        public Map<String, Object> consumer() {
            return client("consumer.");
        }

        /** For a producer. */
        public Map<String, Object> producer() {
            return client("producer.");
        }

        /** What is for all clients, and over it what is for this one, as Kafka Streams does it. */
        private Map<String, Object> client(String prefix) {
            var properties = new HashMap<String, Object>();
            client.forEach((property, value) -> {
                if (CLIENTS.stream().noneMatch(property::startsWith)) {
                    properties.put(property, value);
                }
            });
            client.forEach((property, value) -> {
                if (property.startsWith(prefix)) {
                    properties.put(property.substring(prefix.length()), value);
                }
            });
            properties.put("bootstrap.servers", bootstrapServers);
            return properties;
        }

        @Override
        public String toString() {
            return "Kafka[" + bootstrapServers + ", " + applicationId + ", " + client.keySet() + "]";
        }
    }

    /**
     * How records of the contracts are written and read.
     *
     * @param foreign other classes than ours, where they are configured
     */
    public record Serde(RegistrySettings registry, Optional<ForeignSerde> foreign) {

        /**
         * The serdes as configured. The registry is asked when the first record comes.
         *
         * @throws IllegalArgumentException when a configured class is missing
         */
        public RecordSerdes open() {
            return foreign.map(other -> RecordSerdes.of(
                            other.serializer(), other.deserializer(), settings(registry, other.settings())))
                    .orElseGet(() -> RecordSerdes.over(new HttpSchemaRegistry(registry), registry.register()));
        }

        private static Map<String, Object> settings(RegistrySettings registry, Map<String, String> over) {
            var settings = new HashMap<>(registry.asClientProperties());
            settings.putAll(over);
            return settings;
        }
    }

    /**
     * A pair of Kafka serializer classes.
     *
     * @param settings what they are configured with, beyond the registry's address and credentials
     */
    public record ForeignSerde(String serializer, String deserializer, Map<String, String> settings) {
        @Override
        public String toString() {
            return "ForeignSerde[" + serializer + ", " + deserializer + "]";
        }
    }

    /**
     * How the pipeline runs.
     *
     * @param threads processing threads
     * @param standbys warm copies of every store
     * @param rocksDbMemory bytes for the whole process
     * @param instanceId by which the group knows this instance again after a restart
     * @param rejoinWithin how long the group waits for a named instance
     */
    public record Streams(
            int threads,
            Duration commitInterval,
            int standbys,
            Path stateDir,
            long rocksDbMemory,
            Optional<String> instanceId,
            Duration rejoinWithin,
            ClockMode clock) {}

    /**
     * What is accepted and kept of a customer.
     *
     * @param futureTolerance how far ahead of the wall clock an event may be
     * @param stateCap the most bytes of state per customer
     * @param hotCustomers customers per task whose decoded state stays in memory
     */
    public record Customers(Limits limits, Duration futureTolerance, int stateCap, int hotCustomers) {}

    /**
     * Which KPIs are counted, and how by the calendar.
     *
     * @param only ids of the KPIs that are counted; empty for all
     * @param zone whose midnights begin the days
     * @param calendarGrace how long after its end a period waits for late events
     */
    public record Kpis(Optional<List<String>> only, ZoneId zone, Duration calendarGrace) {
        /** The KPIs that are counted. */
        public KpiCatalogue catalogue() {
            var all = KpiCatalogue.standard();
            return only.map(all::counting).orElse(all);
        }

        private boolean counts(String kpi) {
            return only.map(ids -> ids.contains(kpi)).orElse(true);
        }
    }

    /**
     * When to stop rather than reject everything: more than {@code share} of the last {@code window} records of a topic and
     * task are undecodable, invalid or wrongly keyed, judged from {@code atLeast} records on.
     */
    public record Poison(double share, int window, int atLeast) {}

    /**
     * Health, metrics and queries.
     *
     * @param port 0 takes a free one
     * @param token what requests must carry; always there beyond loopback
     * @param advertised host and port under which other instances reach this one, where they are not the two above
     */
    public record Http(String host, int port, Optional<String> token, Optional<String> advertised) {

        /**
         * {@return host and port under which other instances reach this one; empty when the port is found at the start and nothing is
         * advertised: such an instance is asked by nobody}
         */
        public Optional<String> reachedAt() {
            return advertised.isPresent() || port == 0
                    ? advertised
                    : address().map(address -> (address.contains(":") ? "[" + address + "]" : address) + ":" + port);
        }

        private Optional<String> address() {
            try {
                return Optional.of(
                        InetAddress.getByName(host).isAnyLocalAddress()
                                ? InetAddress.getLocalHost().getHostAddress()
                                : host);
            } catch (UnknownHostException nameless) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return "Http[" + host + ":" + port + (token.isPresent() ? ", with a token]" : "]");
        }
    }

    /**
     * How audience changes go to an ad platform. What is empty is as the platform documents it.
     *
     * @param audiences the file of audiences by scope
     * @param tokenFile goes before the token
     * @param batchSize hashed addresses in a request
     * @param leastMembers below which an audience has no effect
     */
    public record Activation(
            Optional<Path> audiences,
            Optional<String> account,
            Optional<Path> tokenFile,
            Optional<String> token,
            Optional<URI> url,
            Optional<Integer> batchSize,
            Optional<Integer> requestsPerMinute,
            Optional<Integer> leastMembers,
            Duration flushInterval,
            Duration requestTimeout,
            Duration retryFirst,
            Duration retryLongest) {
        @Override
        public String toString() {
            return "Activation[" + url.map(URI::toString).orElse("documented") + ", audiences "
                    + audiences.map(Path::toString).orElse("none") + "]";
        }
    }

    @Override
    public String toString() {
        return "AppConfig[" + kafka + ", " + serde + ", " + topics + ", " + streams + ", " + customers + ", " + kpis
                + ", " + poison + ", " + http + ", policy "
                + policyFile.map(Path::toString).orElse("shipped") + ", "
                + alerts.rules().size() + " rules of alerts]";
    }

    /**
     * Reads the configuration.
     *
     * @param file a properties file
     * @param environment usually {@link System#getenv()}
     * @param flags settings by key, over all else
     * @throws InvalidConfigException naming everything that is wrong
     */
    public static AppConfig read(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        var sources = new ConfigSources(file, environment, flags);
        var kpis = new Kpis(
                sources.read(Settings.KPIS_ONLY),
                sources.read(Settings.KPI_ZONE),
                sources.read(Settings.KPI_CALENDAR_GRACE));
        var config = new AppConfig(
                kafka(sources),
                ConfiguredRegistry.serde(sources),
                topics(sources),
                streams(sources, environment),
                customers(sources),
                kpis,
                poison(sources),
                http(sources),
                sources.read(Settings.POLICY_FILE),
                alerts(sources, kpis),
                activation(sources));
        sources.failOnProblems();
        return config;
    }

    private static AlertRules alerts(ConfigSources sources, Kpis kpis) {
        try {
            var file = sources.read(Settings.ALERTS_FILE);
            if (file.isEmpty()) {
                return AlertFile.shipped().about(kpis::counts);
            }
            var rules = AlertFile.read(file.get());
            rules.rules().stream()
                    .filter(rule -> !kpis.counts(rule.kpi().id()))
                    .forEach(rule -> sources.problem(
                            Settings.ALERTS_FILE.key() + ": " + file.get() + ": rule " + rule.id() + " is about "
                                    + rule.kpi().id() + " (expected: a KPI of " + Settings.KPIS_ONLY.key() + ")"));
            return rules;
        } catch (IllegalArgumentException wrong) {
            sources.problem(Settings.ALERTS_FILE.key() + ": " + wrong.getMessage());
            return AlertRules.NONE;
        }
    }

    private static Kafka kafka(ConfigSources sources) {
        var client = sources.under(ConfigSources.KAFKA);
        OwnedProperties.INSTEAD.forEach((property, instead) -> {
            if (client.containsKey(property)) {
                sources.problem(
                        ConfigSources.KAFKA + property + ": cannot be passed through (expected: " + instead + ")");
            }
        });
        return new Kafka(sources.read(Settings.BOOTSTRAP_SERVERS), sources.read(Settings.APPLICATION_ID), client);
    }

    private static TopicSettings topics(ConfigSources sources) {
        int replication = sources.read(Settings.REPLICATION);
        if (replication == 0) {
            sources.problem(Settings.REPLICATION.key() + ": 0 (expected: 1 or more, or -1)");
        }
        return new TopicSettings(
                sources.read(Settings.PARTITIONS),
                (short) (replication == 0 ? -1 : replication),
                sources.read(Settings.RETENTION),
                sources.read(Settings.REJECTED_RETENTION),
                sources.read(Settings.INTERNAL_RETENTION),
                sources.read(Settings.COMPACTION_LAG));
    }

    private static Streams streams(ConfigSources sources, Map<String, String> environment) {
        return new Streams(
                sources.read(Settings.THREADS).orElse(Runtime.getRuntime().availableProcessors()),
                sources.read(Settings.COMMIT_INTERVAL),
                sources.read(Settings.STANDBYS),
                sources.read(Settings.STATE_DIR).orElseGet(() -> stateHome(environment)),
                sources.read(Settings.ROCKSDB_MEMORY),
                sources.read(Settings.INSTANCE_ID),
                sources.read(Settings.REJOIN_WITHIN),
                sources.read(Settings.CLOCK));
    }

    /** Not under /tmp, Kafka's default: what cleans that up also deletes the stores of a running pipeline. */
    private static Path stateHome(Map<String, String> environment) {
        var configured = environment.getOrDefault("XDG_STATE_HOME", "");
        var home = configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(configured);
        return home.resolve("touchpoint");
    }

    private static Customers customers(ConfigSources sources) {
        var limits = new Limits(
                sources.read(Settings.ORDER_HORIZON),
                sources.read(Settings.HISTORY_HORIZON),
                sources.read(Settings.TOMBSTONE_DELAY),
                sources.read(Settings.MOST_CLICKS),
                sources.read(Settings.MOST_TICKETS),
                sources.read(Settings.MOST_ORDERS));
        if (limits.orderHorizon().compareTo(limits.historyHorizon()) > 0) {
            sources.problem(Settings.ORDER_HORIZON.key() + ": " + limits.orderHorizon() + " (expected: at most "
                    + Settings.HISTORY_HORIZON.key() + ", " + limits.historyHorizon() + ")");
        }
        return new Customers(
                limits,
                sources.read(Settings.FUTURE_TOLERANCE),
                Math.toIntExact(sources.read(Settings.STATE_CAP)),
                sources.read(Settings.HOT_CUSTOMERS));
    }

    private static Poison poison(ConfigSources sources) {
        var poison = new Poison(
                sources.read(Settings.POISON_SHARE),
                sources.read(Settings.POISON_WINDOW),
                sources.read(Settings.POISON_AT_LEAST));
        if (poison.atLeast() > poison.window()) {
            sources.problem(Settings.POISON_AT_LEAST.key() + ": " + poison.atLeast() + " (expected: at most "
                    + Settings.POISON_WINDOW.key() + ", " + poison.window() + ")");
        }
        return poison;
    }

    private static Http http(ConfigSources sources) {
        var http = new Http(
                sources.read(Settings.HTTP_HOST),
                sources.read(Settings.HTTP_PORT),
                sources.read(Settings.HTTP_TOKEN),
                sources.read(Settings.HTTP_ADVERTISED));
        if (http.token().isEmpty() && !isLoopback(http.host())) {
            sources.problem(Settings.HTTP_TOKEN.key() + ": missing (expected: a token, since "
                    + Settings.HTTP_HOST.key() + " " + http.host() + " can be reached from other machines)");
        }
        return http;
    }

    private static Activation activation(ConfigSources sources) {
        return new Activation(
                sources.read(Settings.ACTIVATION_AUDIENCES),
                sources.read(Settings.ACTIVATION_ACCOUNT),
                sources.read(Settings.ACTIVATION_TOKEN_FILE),
                sources.read(Settings.ACTIVATION_TOKEN),
                sources.read(Settings.ACTIVATION_URL).map(urls -> urls.get(0)),
                sources.read(Settings.ACTIVATION_BATCH_SIZE),
                sources.read(Settings.ACTIVATION_REQUESTS_PER_MINUTE),
                sources.read(Settings.ACTIVATION_LEAST_MEMBERS),
                sources.read(Settings.ACTIVATION_FLUSH_INTERVAL),
                sources.read(Settings.ACTIVATION_REQUEST_TIMEOUT),
                sources.read(Settings.ACTIVATION_RETRY_FIRST),
                sources.read(Settings.ACTIVATION_RETRY_LONGEST));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
