package io.touchpoint.history;

import io.touchpoint.topics.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * One event of a history.
 *
 * @param topic the input topic it belongs to
 * @param key the record key on that topic
 * @param occurredAt epoch milliseconds
 * @param file name of the file it was read from, without its folder
 * @param line its line there, from 1
 */
public record HistoryEvent(Topic<?> topic, String key, SpecificRecord value, long occurredAt, String file, long line) {}
