package io.touchpoint.queries;

import io.touchpoint.config.AppConfig;
import io.touchpoint.records.Alert;
import io.touchpoint.records.KpiValue;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the pipeline of a cluster publishes, followed from anywhere: no pipeline need run in this process. */
public final class LiveOutputs implements AutoCloseable {

    private final KpiBoard board = new KpiBoard();
    private final LiveFeed feed = new LiveFeed();
    private final OutputReader reader;

    private LiveOutputs(AppConfig config, RecordSerdes serdes, boolean onlyNew) {
        reader = OutputReader.start(config, new Outputs(serdes, board, feed, Optional.empty()), onlyNew);
    }

    /** {@return the topics that are read for this, and for the dashboard} */
    public static List<Topic<?>> topics() {
        return List.of(
                Topics.ROLLING_KPIS, Topics.CALENDAR_KPIS, Topics.SUPPRESSIONS, Topics.CHURN_SIGNALS, Topics.ALERTS);
    }

    /**
     * Starts to read.
     *
     * @param serdes of the output topics, not closed here
     */
    public static LiveOutputs follow(AppConfig config, RecordSerdes serdes) {
        return new LiveOutputs(config, serdes, false);
    }

    /** Starts to read what is published from now on, without the KPIs as they are. */
    public static LiveOutputs followNew(AppConfig config, RecordSerdes serdes) {
        return new LiveOutputs(config, serdes, true);
    }

    /**
     * Waits until everything is read that was there at the start.
     *
     * @return whether it is, false when the time was up
     * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
     */
    public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        return reader.awaitCaughtUp(atMost);
    }

    /** {@return the newest value under a key of {@code kpis.rolling}} */
    public Optional<KpiValue> kpi(String key) {
        return board.latestOf(key);
    }

    /** {@return the keys of a KPI in a segment over a window, one for each currency and model} */
    public List<String> keysOf(String kpi, String segment, String window) {
        return board.keysOf(kpi, segment, window);
    }

    /** {@return what the value under a key was like, the oldest first; null where it was absent} */
    public List<Double> history(String key) {
        return board.history(key).stream().map(KpiBoard.Point::value).toList();
    }

    /** {@return how many alerts are open} */
    public int openAlerts() {
        return board.alerts().openCount();
    }

    /** {@return the open alerts, about KPIs first, then the newest first} */
    public List<Alert> openAlerts(int most) {
        return board.alerts().open(most);
    }

    /**
     * Begins to watch.
     *
     * @param kpis ids of those that are wanted in the segment; suppressions, churn signals and alerts come all
     */
    public Watch watch(Set<String> kpis, String segment) {
        var watcher = feed.watch(event -> event.kind() != LiveEvent.Kind.KPI
                || kpis.contains(event.kpi()) && event.segment().equals(segment));
        return new Watch(watcher);
    }

    /** What is published from now on. */
    public static final class Watch implements AutoCloseable {
        private final LiveFeed.Watcher watcher;

        private Watch(LiveFeed.Watcher watcher) {
            this.watcher = watcher;
        }

        /**
         * {@return the next as one line of JSON, {@code {"kind":…,"key":…,"value":{…}}}; empty when none came in that time}
         *
         * @throws IllegalStateException when what came was not taken fast enough, so that some of it is lost
         */
        public Optional<String> next(Duration atMost) throws InterruptedException {
            var event = watcher.next(atMost.toMillis());
            if (event == null && watcher.cutOff()) {
                throw new IllegalStateException("more is published than is taken here, and some of it was lost"
                        + " (expected: a faster reader, or fewer KPIs)");
            }
            return Optional.ofNullable(event)
                    .map(each -> "{\"kind\":\"" + each.kind().word() + "\","
                            + each.json().substring(1));
        }

        @Override
        public void close() {
            watcher.close();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
