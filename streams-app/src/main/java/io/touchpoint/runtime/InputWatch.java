package io.touchpoint.runtime;

import io.touchpoint.topology.InputLag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * What waits in the input of one task. The consumer counts from the ends of the partitions as it last heard of them, so what it
 * knows of may be read while the next answer of a busy broker, with a million records more, is still under way. Where the consumer
 * knows of nothing more, the broker is therefore asked for the ends, now and then and without waiting for the answer.
 */
final class InputWatch implements InputLag.Watch {

    /** Well within {@link InputLag#SAID_WITHIN}, so that a quick broker's word is always fresh. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(4);

    /** The partitions of the task, as the thread sees them that reads them. */
    interface Input {

        /** Records that the consumer knows of on the broker and has not delivered; -1 while it knows nothing. */
        long onBroker();

        /** Records delivered since the consumer began. */
        long delivered();

        /**
         * Asks the broker how many records lie ahead of the consumer.
         *
         * @return completed by another thread with how many lie ahead of where the consumer is when the result is looked at
         */
        CompletableFuture<Ends> askForEnds();
    }

    /** The ends of the partitions, as the broker gave them. */
    @FunctionalInterface
    interface Ends {

        /** {@return how many records lie between the consumer and the ends, never negative; -1 when that is not known} */
        long ahead();
    }

    private final Input input;
    private final InstantSource clock;
    private final long deliveredBefore;
    private CompletableFuture<Ends> answer;
    private Instant askedAt = Instant.MIN;
    private Instant nothingAheadAt = Instant.MIN;

    InputWatch(Input input, InstantSource clock) {
        this.input = input;
        this.clock = clock;
        this.deliveredBefore = input.delivered();
    }

    @Override
    public long waiting(long processed) {
        long onBroker = input.onBroker();
        if (onBroker < 0) {
            return -1;
        }
        // Kafka Streams may hold records back while it does not know whether another partition has earlier ones.
        long inMemory = Math.max(0, input.delivered() - deliveredBefore - processed);
        return onBroker + inMemory > 0 ? onBroker + inMemory : ahead();
    }

    private long ahead() {
        var now = clock.instant();
        long ahead = hear();
        if (answer == null && isOver(askedAt, ASK_EVERY, now)) {
            askedAt = now;
            answer = input.askForEnds();
        }
        if (ahead > 0) {
            return ahead;
        }
        return isOver(nothingAheadAt, InputLag.SAID_WITHIN, now) ? -1 : 0;
    }

    /** {@return what the answer says, if there is a new one, else -1} */
    private long hear() {
        if (answer == null || !answer.isDone()) {
            return -1;
        }
        long ahead = answer.isCompletedExceptionally() ? -1 : answer.join().ahead();
        answer = null;
        if (ahead == 0) {
            nothingAheadAt = askedAt;
        } else if (ahead > 0) {
            nothingAheadAt = Instant.MIN;
        }
        return ahead;
    }

    /** Also when the clock was set back. */
    private static boolean isOver(Instant start, Duration time, Instant now) {
        return start == Instant.MIN || now.isBefore(start) || now.isAfter(start.plus(time));
    }
}
