package io.touchpoint.sandbox.replay;

import io.touchpoint.records.state.EndMarker;
import io.touchpoint.records.state.RunDone;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topics;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The end of a run of the pipeline, on the topics: a marker behind the last event of every partition, and the word of every task of the KPI
 * roll-up that it has published all.
 */
public final class RunEnd {
    private final String run;
    private final Instant until;
    private final RecordSerdes serdes;

    /** @param until where the clock of the pipeline is to be at the end */
    public RunEnd(String run, Instant until, RecordSerdes serdes) {
        this.run = run;
        this.until = until;
        this.serdes = serdes;
    }

    /** Puts the marker on every partition that the customer fold reads. To be called when all events are there. */
    public void announce(Producer<String, byte[]> producer) {
        String topic = Topics.CONTROL.name();
        try (Serializer<EndMarker> markers = Topics.CONTROL.serde(serdes).serializer()) {
            byte[] marker = markers.serialize(topic, new EndMarker(run, until.toEpochMilli()));
            // Behind every event in time too, since the tasks take records by their timestamps.
            long timestamp = Math.max(0, until.toEpochMilli()) + 1;
            producer.partitionsFor(topic)
                    .forEach(partition ->
                            producer.send(new ProducerRecord<>(topic, partition.partition(), timestamp, run, marker)));
            producer.flush();
        }
    }

    /** Which partitions of the roll-up have said so far that they are done. */
    Set<Integer> done(CommittedReader reader) {
        Set<Integer> partitions = new HashSet<>();
        try (Deserializer<RunDone> words = Topics.RUNS_DONE.serde(serdes).deserializer()) {
            reader.read(Topics.RUNS_DONE, record -> {
                RunDone word = words.deserialize(record.topic(), record.value());
                if (word.getRun().equals(run)) {
                    partitions.add(word.getPartition());
                }
            });
        }
        return partitions;
    }
}
