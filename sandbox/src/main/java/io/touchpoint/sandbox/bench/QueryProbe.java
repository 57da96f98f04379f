package io.touchpoint.sandbox.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a pipeline at a steady rate: for profiles and suppressions of customers, and now and then for a KPI. An answer's time counts from when
 * its question was due, so that a slow server does not make itself look better by being asked less.
 *
 * <p>Who asks shares the cores with who answers, so it is the plainest client there is: some threads, each with a connection that is kept.
 */
final class QueryProbe {

    private static final int KPI_EVERY = 10;
    private static final int CONNECTIONS = 32;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final long SEED = 7;
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LAST_ONES_NANOS = 10 * SECOND_NANOS;
    private static final int NO_ANSWER = 0;
    private static final double NANOS_A_MILLI = 1e6;

    static {
        // The client of the JDK reads it once: how many idle connections to one server it keeps.
        System.setProperty("http.maxConnections", Integer.toString(CONNECTIONS));
    }

    /**
     * What was measured.
     *
     * @param settledSeconds how long it was asked before anything counted
     * @param compilerShare of one core, what the compilers of the asked process still took at the end of these
     * @param statuses how many answers by HTTP status; 0 for none at all
     */
    record Result(
            double perSecond,
            double settledSeconds,
            double compilerShare,
            int asked,
            Map<Integer, Long> statuses,
            double p50Millis,
            double p99Millis,
            double maxMillis) {}

    private record Answer(int status, long nanos) {}

    private final PipelineProcess pipeline;
    private final String address;
    private final int customers;
    private final long step;

    private final AtomicLong questions = new AtomicLong();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private volatile long began;
    private volatile long countsFrom = Long.MAX_VALUE;
    private volatile long ends = Long.MAX_VALUE;

    /** @param customers how many there are */
    QueryProbe(PipelineProcess pipeline, int port, int customers, int perSecond) {
        this.pipeline = pipeline;
        this.address = "http://127.0.0.1:" + port + "/api/v1/";
        this.customers = customers;
        this.step = SECOND_NANOS / perSecond;
    }

    /** Asks until the code that answers is compiled, for three minutes at most, and then for that long. */
    Result run(Duration length) throws InterruptedException {
        began = System.nanoTime();
        var asking = new ArrayList<Thread>();
        for (int i = 0; i < CONNECTIONS; i++) {
            var thread = new Thread(this::ask, "query-probe");
            thread.setDaemon(true);
            thread.start();
            asking.add(thread);
        }
        var settling = new Settling(pipeline);
        while (!settling.over(() -> true)) {
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        double settled = settling.seconds();
        long counted = since();
        countsFrom = counted;
        ends = counted + length.toNanos();
        for (var thread : asking) {
            thread.join();
        }
        return result(settled, settling.compilerShare());
    }

    /** Takes the next question, waits until it is due, asks it, and so on; times are since it began. */
    private void ask() {
        while (true) {
            long number = questions.getAndIncrement();
            long due = number * step;
            if (due >= ends) {
                return;
            }
            for (long early = due - since(); early > 0; early = due - since()) {
                LockSupport.parkNanos(early);
            }
            if (countsFrom == Long.MAX_VALUE && since() - due > SECOND_NANOS) {
                continue; // What was not answered while code was compiled is not to be measured later.
            }
            int status = since() - ends > LAST_ONES_NANOS ? NO_ANSWER : answerTo(path(number));
            if (due >= countsFrom && due < ends) {
                answers.add(new Answer(status, since() - due));
            }
        }
    }

    private long since() {
        return System.nanoTime() - began;
    }

    private String path(long number) {
        if (number % KPI_EVERY == 0) {
            return "kpis/orders?period=DAY";
        }
        double fraction = new SplittableRandom(SEED + number).nextDouble();
        var customer = "customers/customer-" + (int) (fraction * fraction * customers);
        return number % 2 == 0 ? customer : customer + "/suppressions";
    }

    /** {@return the status; 0 for no answer} */
    private int answerTo(String path) {
        try {
            var question =
                    (HttpURLConnection) URI.create(address + path).toURL().openConnection();
            question.setConnectTimeout(TIMEOUT_MILLIS);
            question.setReadTimeout(TIMEOUT_MILLIS);
            int status = question.getResponseCode();
            try (InputStream body = status < 400 ? question.getInputStream() : question.getErrorStream()) {
                // A connection is kept when its answer was read to the end.
                if (body != null) {
                    body.transferTo(OutputStream.nullOutputStream());
                }
            }
            return status;
        } catch (IOException none) {
            return NO_ANSWER;
        }
    }

    private Result result(double settled, double compilerShare) {
        var statuses = new TreeMap<Integer, Long>();
        answers.forEach(answer -> statuses.merge(answer.status(), 1L, Long::sum));
        var sorted = answers.stream().mapToLong(Answer::nanos).sorted().toArray();
        return new Result(
                SECOND_NANOS / (double) step,
                settled,
                compilerShare,
                sorted.length,
                statuses,
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_A_MILLI;
    }
}
