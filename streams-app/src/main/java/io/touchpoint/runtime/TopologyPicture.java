package io.touchpoint.runtime;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topology.TouchpointTopology;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/** The topology for people: as Kafka Streams describes it, and as a flow chart. */
public final class TopologyPicture {

    private final TopologyDescription description;

    private TopologyPicture(TopologyDescription description) {
        this.description = description;
    }

    /** {@return the topology under the default configuration; it has the same operators under any} */
    public static TopologyPicture ofDefaults() {
        var config = AppConfig.read(Optional.empty(), Map.of(), Map.of());
        try (var serdes = RecordSerdes.over(new InMemorySchemaRegistry())) {
            var topology = new TouchpointTopology(
                    config, PolicyFile.shipped(), serdes, InstantSource.system(), partitions -> processed -> 0);
            return new TopologyPicture(
                    topology.build(StreamsProperties.of(config)).describe());
        }
    }

    /** {@return the description of Kafka Streams} */
    public String text() {
        return description.toString();
    }

    /** {@return full names of the topics that the pipeline reads} */
    public Set<String> sources() {
        return topics(Source.class, source -> source.topicSet().stream());
    }

    /** {@return full names of the topics that the pipeline writes} */
    public Set<String> sinks() {
        return topics(Sink.class, sink -> Stream.of(sink.topic()));
    }

    private <N> Set<String> topics(Class<N> kind, Function<N, Stream<String>> topicsOf) {
        return description.subtopologies().stream()
                .flatMap(subtopology -> subtopology.nodes().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .flatMap(topicsOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return a Mermaid flow chart: topics as cylinders, operators as boxes with their stores} */
    public String mermaid() {
        var lines = new TreeSet<String>();
        var chart = new StringBuilder("flowchart LR\n");
        for (var subtopology : description.subtopologies()) {
            var boxes = new ArrayList<String>();
            for (var node : subtopology.nodes()) {
                if (node instanceof Source source) {
                    source.topicSet()
                            .forEach(topic -> source.successors()
                                    .forEach(next -> lines.add(cylinder(topic) + " --> " + id(next.name()))));
                } else if (node instanceof Sink sink) {
                    sink.predecessors()
                            .forEach(before -> lines.add(id(before.name()) + " --> " + cylinder(sink.topic())));
                } else if (node instanceof Processor processor) {
                    var stores = processor.stores().stream().sorted().toList();
                    boxes.add("    " + id(processor.name()) + "[\"" + processor.name()
                            + (stores.isEmpty() ? "" : "<br/><i>" + String.join(", ", stores) + "</i>") + "\"]");
                    processor.successors().stream()
                            .filter(next -> !(next instanceof Sink))
                            .forEach(next -> lines.add(id(processor.name()) + " --> " + id(next.name())));
                }
            }
            chart.append("  subgraph task")
                    .append(subtopology.id())
                    .append("[\"tasks ")
                    .append(subtopology.id())
                    .append("\"]\n");
            boxes.stream().sorted().forEach(box -> chart.append(box).append('\n'));
            chart.append("  end\n");
        }
        lines.forEach(line -> chart.append("  ").append(line).append('\n'));
        return chart.toString();
    }

    private static String cylinder(String topic) {
        return id(topic.replace("touchpoint.", "")) + "[(" + topic + ")]";
    }

    /** Mermaid takes a word like "end" within a name for its own, unless hyphens are gone. */
    private static String id(String name) {
        return name.replaceAll("[^a-z0-9]", "_");
    }
}
