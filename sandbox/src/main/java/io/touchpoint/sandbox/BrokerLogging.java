package io.touchpoint.sandbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Keeps the brokers from writing between the lines of the program they run in: they warn of their ordinary start and
 * stop. Errors are still shown, and a level set in the logging configuration stays.
 */
final class BrokerLogging {

    private static final List<String> SERVER_LOGGERS = List.of(
            "kafka",
            "state.change.logger",
            "org.apache.kafka.controller",
            "org.apache.kafka.coordinator",
            "org.apache.kafka.image",
            "org.apache.kafka.metadata",
            "org.apache.kafka.queue",
            "org.apache.kafka.raft",
            "org.apache.kafka.server",
            "org.apache.kafka.storage",
            // Brokers and clients share it. Here both ends live in one process, so a lost connection is no news.
            "org.apache.kafka.clients.NetworkClient");

    private BrokerLogging() {}

    /** Raises the threshold of the brokers' loggers to errors. */
    static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            SERVER_LOGGERS.stream()
                    .map(context::getLogger)
                    .filter(logger -> logger.getLevel() == null)
                    .forEach(logger -> logger.setLevel(Level.ERROR));
        }
    }
}
