package io.touchpoint.config;

import static io.touchpoint.config.Kind.ADDRESS;
import static io.touchpoint.config.Kind.FLAG;
import static io.touchpoint.config.Kind.KPIS;
import static io.touchpoint.config.Kind.MEMBER;
import static io.touchpoint.config.Kind.PATH;
import static io.touchpoint.config.Kind.TEXT;
import static io.touchpoint.config.Kind.URLS;
import static io.touchpoint.config.Kind.ZONE;
import static io.touchpoint.config.Kind.bytes;
import static io.touchpoint.config.Kind.duration;
import static io.touchpoint.config.Kind.oneOf;
import static io.touchpoint.config.Kind.share;
import static io.touchpoint.config.Kind.whole;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Every key of the configuration, its default and what it means, once. */
final class Settings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    static final Setting<String> BOOTSTRAP_SERVERS = Setting.of(
            "bootstrap.servers",
            TEXT,
            "localhost:9092",
            "The Kafka brokers to start from, host:port separated by commas.");
    static final Setting<String> APPLICATION_ID = Setting.of(
            "application.id",
            TEXT,
            "touchpoint",
            "Names the consumer group, the transactions and the changelog topics. Another one starts from nothing.");

    static final Setting<List<URI>> REGISTRY_URL = Setting.of(
            "registry.url",
            URLS,
            "http://localhost:8081",
            "A schema registry with Confluent's REST API; Apicurio's address ends in /apis/ccompat/v7.");
    static final Setting<Optional<String>> REGISTRY_USER =
            Setting.of("registry.user", TEXT.optional(), "", "User for basic authentication at the registry.");
    static final Setting<Optional<String>> REGISTRY_PASSWORD =
            Setting.secret("registry.password", TEXT.optional(), "Password of that user.");
    static final Setting<Optional<String>> REGISTRY_TOKEN =
            Setting.secret("registry.token", TEXT.optional(), "Bearer token for the registry, instead of a user.");
    static final Setting<Optional<Path>> REGISTRY_TRUSTSTORE = Setting.of(
            "registry.truststore",
            PATH.optional(),
            "",
            "Key store file with the certificates to trust; without one, those of the Java runtime.");
    static final Setting<Optional<String>> REGISTRY_TRUSTSTORE_PASSWORD =
            Setting.secret("registry.truststore-password", TEXT.optional(), "Password of the trust store.");
    static final Setting<Optional<Path>> REGISTRY_KEYSTORE = Setting.of(
            "registry.keystore",
            PATH.optional(),
            "",
            "Key store file with a client certificate, where the registry asks for one.");
    static final Setting<Optional<String>> REGISTRY_KEYSTORE_PASSWORD =
            Setting.secret("registry.keystore-password", TEXT.optional(), "Password of the key store and its key.");
    static final Setting<String> REGISTRY_STORE_TYPE =
            Setting.of("registry.store-type", TEXT, "PKCS12", "Type of both stores, PKCS12 or JKS.");
    static final Setting<Duration> REGISTRY_REQUEST_TIMEOUT = Setting.of(
            "registry.request-timeout",
            duration(Duration.ofMillis(100), Duration.ofMinutes(2)),
            "10s",
            "How long one answer of the registry may take.");
    static final Setting<Duration> REGISTRY_RETRY_FOR = Setting.of(
            "registry.retry-for",
            duration(Duration.ZERO, Duration.ofMinutes(5)),
            "60s",
            "How long to go on asking a registry that is away before the task stops. Nothing is rejected meanwhile.");
    static final Setting<Boolean> REGISTRY_REGISTER = Setting.of(
            "registry.register",
            FLAG,
            "true",
            "Whether the pipeline registers its own schemas; otherwise they must be there.");
    static final Setting<Optional<String>> VALUE_SERIALIZER = Setting.of(
            "value.serializer",
            TEXT.optional(),
            "",
            "Class of another Avro serializer for the contracts, such as"
                    + " io.confluent.kafka.serializers.KafkaAvroSerializer (build with -Pconfluent); without one, ours.");
    static final Setting<Optional<String>> VALUE_DESERIALIZER = Setting.of(
            "value.deserializer",
            TEXT.optional(),
            "",
            "Class of the matching deserializer; both or neither. Settings under `serde.` go to both.");

    static final Setting<Integer> PARTITIONS = Setting.of(
            "topics.partitions",
            whole(1, 10_000),
            "4",
            "Partitions of every topic that is created. Fixed once there is data: keys would move.");
    static final Setting<Integer> REPLICATION = Setting.of(
            "topics.replication",
            whole(-1, 100),
            "3",
            "Copies of every partition, also of changelogs; -1 is the broker's default.");
    static final Setting<Optional<Duration>> RETENTION = Setting.of(
            "topics.retention",
            duration(DAY, Duration.ofDays(36_500)).or("unlimited"),
            "unlimited",
            "How long topics that are not compacted keep records, by event time: a replay of older data is deleted at once.");
    static final Setting<Optional<Duration>> REJECTED_RETENTION = Setting.of(
            "topics.rejected-retention",
            duration(DAY, Duration.ofDays(36_500)).or("unlimited"),
            "30d",
            "How long refused records are kept, from their arrival. They hold personal data as it came.");
    static final Setting<Optional<Duration>> INTERNAL_RETENTION = Setting.of(
            "topics.internal-retention",
            duration(DAY, Duration.ofDays(36_500)).or("unlimited"),
            "7d",
            "How long sums on their way to the KPI roll-up are kept. The pipeline must not stand still for longer.");

    static final Setting<Optional<Duration>> COMPACTION_LAG = Setting.of(
            "topics.compaction-lag",
            duration(Duration.ZERO, Duration.ofDays(36_500)).or("unlimited"),
            "P400D",
            "How old a record of a compacted input (customers, ad-spend) must be, by its own time, before the broker may"
                    + " remove it for a newer one of its key. More than the age of the oldest history that is still to be read;"
                    + " replaced addresses stay on the broker for as long.");

    static final Setting<Optional<Integer>> THREADS = Setting.of(
            "streams.threads",
            whole(1, 1_000).or("cores"),
            "cores",
            "Processing threads; as many as processors by default.");
    static final Setting<Duration> COMMIT_INTERVAL = Setting.of(
            "streams.commit-interval",
            duration(Duration.ofMillis(10), Duration.ofSeconds(30)),
            "100ms",
            "Time between two transactions: how soon consumers see a decision, and how much a crash repeats.");
    static final Setting<Integer> STANDBYS = Setting.of(
            "streams.standbys",
            whole(0, 10),
            "1",
            "Warm copies of every store on other instances; without one a crash rebuilds the state from Kafka.");
    static final Setting<Optional<Path>> STATE_DIR = Setting.of(
            "streams.state-dir",
            PATH.optional(),
            "",
            "Where the stores live. Default: $XDG_STATE_HOME/touchpoint, else ~/.local/state/touchpoint.");
    static final Setting<Long> ROCKSDB_MEMORY = Setting.of(
            "streams.rocksdb-memory",
            bytes("32MiB", "1024GiB"),
            "256MiB",
            "Memory of RocksDB in the whole process, whatever the number of stores: blocks, indexes and write buffers.");
    static final Setting<Optional<String>> INSTANCE_ID = Setting.of(
            "streams.instance-id",
            MEMBER.optional(),
            "",
            "A name for this instance that no other has and that a restart keeps, such as that of a pod: it then stays in the"
                    + " consumer group while it restarts, and nothing moves. Without one, an instance that stops leaves at once.");
    static final Setting<Duration> REJOIN_WITHIN = Setting.of(
            "streams.rejoin-within",
            duration(Duration.ofSeconds(10), Duration.ofMinutes(30)),
            "60s",
            "How long the group keeps the tasks of a named instance that stopped, before others take them.");
    static final Setting<ClockMode> CLOCK = Setting.of(
            "clock",
            oneOf(ClockMode.class),
            "LIVE",
            "LIVE follows the wall clock once caught up; EVENT only ever follows the records, and calendar KPIs wait for the end of a run.");

    static final Setting<Double> POISON_SHARE = Setting.of(
            "poison.share",
            share(),
            "0.5",
            "Above this share of undecodable, invalid or wrongly keyed records the pipeline stops instead of emptying a topic"
                    + " into the rejected one.");
    static final Setting<Integer> POISON_WINDOW = Setting.of(
            "poison.window",
            whole(1, 1_000_000),
            "1000",
            "The share is taken over so many last records per topic and task.");
    static final Setting<Integer> POISON_AT_LEAST = Setting.of(
            "poison.at-least", whole(1, 1_000_000), "200", "There must have been so many records before it is judged.");

    static final Setting<Duration> FUTURE_TOLERANCE = Setting.of(
            "customers.future-tolerance",
            duration(Duration.ZERO, DAY),
            "10m",
            "How far ahead of the wall clock an event may be before it is rejected as FROM_THE_FUTURE.");
    static final Setting<Duration> ORDER_HORIZON = Setting.of(
            "customers.order-horizon",
            duration(Duration.ZERO, Duration.ofDays(366)),
            "P7D",
            "Within it, against the customer's newest event, any order of arrival gives the same result.");
    static final Setting<Duration> HISTORY_HORIZON = Setting.of(
            "customers.history-horizon",
            duration(DAY, Duration.ofDays(3_660)),
            "P400D",
            "How long orders, clicks, tickets and answers are kept, so that late events and returns can correct.");
    static final Setting<Duration> TOMBSTONE_DELAY = Setting.of(
            "customers.suppression-tombstone-delay",
            duration(SECOND, Duration.ofDays(3_660)),
            "P30D",
            "How long a lifted suppression stays readable before it is deleted.");
    static final Setting<Long> STATE_CAP = Setting.of(
            "customers.state-cap",
            bytes("16KiB", "900KiB"),
            "512KiB",
            "The most bytes of state per customer; beyond it the oldest details go first and the profile says so.");
    static final Setting<Integer> HOT_CUSTOMERS = Setting.of(
            "customers.hot-cache",
            whole(0, 10_000_000),
            "500",
            "Customers per task whose decoded state is kept in memory between commits; 0 for none. One takes about 20 KB,"
                    + " and what lives for seconds only is dear to collect.");
    static final Setting<Integer> MOST_CLICKS =
            Setting.of("customers.most-clicks", whole(1, 100_000), "1000", "Ad clicks kept per customer.");
    static final Setting<Integer> MOST_TICKETS =
            Setting.of("customers.most-tickets", whole(1, 100_000), "200", "Support tickets kept per customer.");
    static final Setting<Integer> MOST_ORDERS = Setting.of(
            "customers.most-orders",
            whole(1, 100_000),
            "1000",
            "Orders, and as many returns and cancellations, kept per customer.");

    static final Setting<Optional<List<String>>> KPIS_ONLY = Setting.of(
            "kpis.only",
            KPIS.optional(),
            "",
            "The KPIs that are counted and published, and nothing else is computed for KPIs: credits on attribution only where one of"
                    + " roas, romi and drr is among them. Empty: all. What is added later counts from then on.");
    static final Setting<ZoneId> KPI_ZONE = Setting.of(
            "kpis.zone",
            ZONE,
            "UTC",
            "The time zone whose midnights begin the days, weeks and months of kpis.calendar. Fixed once there is data.");
    static final Setting<Duration> KPI_CALENDAR_GRACE = Setting.of(
            "kpis.calendar-grace",
            duration(Duration.ZERO, Duration.ofDays(31)),
            "24h",
            "How long after its end a day, week or month waits for late events before it is final; a change after that is a"
                    + " new revision.");

    static final Setting<String> HTTP_HOST = Setting.of(
            "http.host",
            TEXT,
            "127.0.0.1",
            "Address of health, metrics and queries. Beyond loopback a token is required. Without a token only requests are answered whose Host"
                    + " is localhost, a loopback address, this or the host of http.advertised: another site's name that leads here is refused.");
    static final Setting<Integer> HTTP_PORT =
            Setting.of("http.port", whole(0, 65_535), "8080", "Its port; 0 takes a free one.");
    static final Setting<Optional<String>> HTTP_TOKEN = Setting.secret(
            "http.token", TEXT.optional(), "Bearer token that every request must carry, where one is set.");
    static final Setting<Optional<String>> HTTP_ADVERTISED = Setting.of(
            "http.advertised",
            ADDRESS.optional(),
            "",
            "Under which address the other instances reach this one to ask for its customers. Without it http.host and http.port, where"
                    + " the host stands for all addresses the first one of the machine; nobody asks one whose port is 0.");
    static final Setting<Optional<Path>> POLICY_FILE = Setting.of(
            "policy.file",
            PATH.optional(),
            "",
            "The policy file: the rules of suppression, churn, value tiers and attribution; without one, the policy that is"
                    + " shipped (streams-app/src/main/resources/policy.yaml), which says what each rule may be.");
    static final Setting<Optional<Path>> ALERTS_FILE = Setting.of(
            "alerts.file",
            PATH.optional(),
            "",
            "The alerts file: what raises alerts; without one, the rules that are shipped"
                    + " (streams-app/src/main/resources/alerts.yaml). See docs/alerts.md.");

    static final Setting<Optional<Path>> ACTIVATION_AUDIENCES = Setting.of(
            "activation.audiences",
            PATH.optional(),
            "",
            "For `activate`: the file that says which audience of the platform a scope goes to, see docs/activation.md.");
    static final Setting<Optional<String>> ACTIVATION_ACCOUNT = Setting.of(
            "activation.account",
            TEXT.optional(),
            "",
            "For `activate`: the advertiser's account on Google, the advertiser id on TikTok.");
    static final Setting<Optional<Path>> ACTIVATION_TOKEN_FILE = Setting.of(
            "activation.token-file",
            PATH.optional(),
            "",
            "For `activate`: a file with the access token of the platform, read for every request.");
    static final Setting<Optional<String>> ACTIVATION_TOKEN = Setting.secret(
            "activation.token",
            TEXT.optional(),
            "The access token itself, where there is no file; not on the command line.");
    static final Setting<Optional<List<URI>>> ACTIVATION_URL = Setting.of(
            "activation.url", URLS.optional(), "", "Where the platform's API is, when not where it says it is.");
    static final Setting<Optional<Integer>> ACTIVATION_BATCH_SIZE = Setting.of(
            "activation.batch-size",
            whole(1, 20_000).or("documented"),
            "documented",
            "Hashed addresses in a request, when fewer than the platform takes.");
    static final Setting<Optional<Integer>> ACTIVATION_REQUESTS_PER_MINUTE = Setting.of(
            "activation.requests-per-minute",
            whole(1, 1_000_000).or("documented"),
            "documented",
            "Requests in any minute, instead of the limits that the platform documents.");
    static final Setting<Optional<Integer>> ACTIVATION_LEAST_MEMBERS = Setting.of(
            "activation.least-members",
            whole(0, 1_000_000).or("documented"),
            "documented",
            "An audience with fewer members is NOT_EFFECTIVE.");
    static final Setting<Duration> ACTIVATION_FLUSH_INTERVAL = Setting.of(
            "activation.flush-interval",
            duration(Duration.ofMillis(100), Duration.ofHours(6)),
            "10s",
            "How long a change may wait for others to share its request.");
    static final Setting<Duration> ACTIVATION_REQUEST_TIMEOUT = Setting.of(
            "activation.request-timeout",
            duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "30s",
            "How long an answer of the platform may take; whoever takes over waits as long before its first request.");
    static final Setting<Duration> ACTIVATION_RETRY_FIRST = Setting.of(
            "activation.retry-first",
            duration(Duration.ofMillis(1), Duration.ofMinutes(5)),
            "1s",
            "The wait after a failed request; it doubles with each further one.");
    static final Setting<Duration> ACTIVATION_RETRY_LONGEST = Setting.of(
            "activation.retry-longest",
            duration(Duration.ofMillis(1), Duration.ofHours(6)),
            "5m",
            "The longest such wait, unless the platform asks for more.");

    static final List<Setting<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            APPLICATION_ID,
            REGISTRY_URL,
            REGISTRY_USER,
            REGISTRY_PASSWORD,
            REGISTRY_TOKEN,
            REGISTRY_TRUSTSTORE,
            REGISTRY_TRUSTSTORE_PASSWORD,
            REGISTRY_KEYSTORE,
            REGISTRY_KEYSTORE_PASSWORD,
            REGISTRY_STORE_TYPE,
            REGISTRY_REQUEST_TIMEOUT,
            REGISTRY_RETRY_FOR,
            REGISTRY_REGISTER,
            VALUE_SERIALIZER,
            VALUE_DESERIALIZER,
            PARTITIONS,
            REPLICATION,
            RETENTION,
            REJECTED_RETENTION,
            INTERNAL_RETENTION,
            COMPACTION_LAG,
            THREADS,
            COMMIT_INTERVAL,
            STANDBYS,
            STATE_DIR,
            ROCKSDB_MEMORY,
            INSTANCE_ID,
            REJOIN_WITHIN,
            CLOCK,
            POISON_SHARE,
            POISON_WINDOW,
            POISON_AT_LEAST,
            FUTURE_TOLERANCE,
            ORDER_HORIZON,
            HISTORY_HORIZON,
            TOMBSTONE_DELAY,
            STATE_CAP,
            HOT_CUSTOMERS,
            MOST_CLICKS,
            MOST_TICKETS,
            MOST_ORDERS,
            KPIS_ONLY,
            KPI_ZONE,
            KPI_CALENDAR_GRACE,
            HTTP_HOST,
            HTTP_PORT,
            HTTP_TOKEN,
            HTTP_ADVERTISED,
            POLICY_FILE,
            ALERTS_FILE,
            ACTIVATION_AUDIENCES,
            ACTIVATION_ACCOUNT,
            ACTIVATION_TOKEN_FILE,
            ACTIVATION_TOKEN,
            ACTIVATION_URL,
            ACTIVATION_BATCH_SIZE,
            ACTIVATION_REQUESTS_PER_MINUTE,
            ACTIVATION_LEAST_MEMBERS,
            ACTIVATION_FLUSH_INTERVAL,
            ACTIVATION_REQUEST_TIMEOUT,
            ACTIVATION_RETRY_FIRST,
            ACTIVATION_RETRY_LONGEST);

    private Settings() {}
}
