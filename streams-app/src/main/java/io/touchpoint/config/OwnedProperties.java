package io.touchpoint.config;

import java.util.Map;

/** Kafka's properties that the pipeline sets itself: passing them through would say one thing twice, or break a promise. */
final class OwnedProperties {

    private static final String EXACTLY_ONCE = "nothing; the pipeline depends on exactly-once";

    static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("bootstrap.servers", Settings.BOOTSTRAP_SERVERS.key()),
            Map.entry("application.id", Settings.APPLICATION_ID.key()),
            Map.entry("group.id", Settings.APPLICATION_ID.key()),
            Map.entry("application.server", Settings.HTTP_ADVERTISED.key()),
            Map.entry("num.stream.threads", Settings.THREADS.key()),
            Map.entry("commit.interval.ms", Settings.COMMIT_INTERVAL.key()),
            Map.entry("num.standby.replicas", Settings.STANDBYS.key()),
            Map.entry("state.dir", Settings.STATE_DIR.key()),
            Map.entry("group.instance.id", Settings.INSTANCE_ID.key()),
            Map.entry("replication.factor", Settings.REPLICATION.key()),
            Map.entry("rocksdb.config.setter", Settings.ROCKSDB_MEMORY.key()),
            Map.entry("processing.guarantee", EXACTLY_ONCE),
            Map.entry("isolation.level", EXACTLY_ONCE),
            Map.entry("enable.idempotence", EXACTLY_ONCE),
            Map.entry("enable.auto.commit", EXACTLY_ONCE),
            Map.entry("max.task.idle.ms", "nothing; above 0 sparse topics delay every record"),
            Map.entry("schema.registry.url", Settings.REGISTRY_URL.key()));

    private OwnedProperties() {}
}
