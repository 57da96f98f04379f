package io.touchpoint.sandbox.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a pipeline at a steady rate: for profiles and suppressions of customers, and now and then for a KPI. An answer's time counts from when
 * its question was due, so that a slow server does not make itself look better by being asked less.
 */
final class QueryProbe {

    private static final int KPI_EVERY = 10;
    /** Until the answering is compiled. */
    private static final long SETTLE_NANOS = Duration.ofSeconds(40).toNanos();
    /**
     * Of what is asked meanwhile so many wait at most: code that is not compiled takes more than there is, and whoever goes on asking measures for how long the
     * backlog of these first seconds lasts. Nothing is held back of what counts.
     */
    private static final int MOST_WAITING = 16;

    private static final long SEED = 7;
    private static final double NANOS_A_MILLI = 1e6;

    /**
     * What was measured.
     *
     * @param statuses how many answers by HTTP status; 0 for none at all
     */
    record Result(
            double perSecond,
            int asked,
            Map<Integer, Long> statuses,
            double p50Millis,
            double p99Millis,
            double maxMillis) {}

    private record Answer(int status, long nanos) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newFixedThreadPool(2, work -> {
                var thread = new Thread(work, "query-probe");
                thread.setDaemon(true);
                return thread;
            }))
            .build();
    private final String address;
    private final int customers;

    /** @param customers how many there are */
    QueryProbe(int port, int customers) {
        this.address = "http://127.0.0.1:" + port + "/api/v1/";
        this.customers = customers;
    }

    /** Asks for that long, after 40 seconds that are not counted. */
    Result run(int perSecond, Duration length) {
        var random = new Random(SEED);
        var answers = new ConcurrentLinkedQueue<Answer>();
        var open = new Phaser(1);
        long start = System.nanoTime();
        long counted = start + SETTLE_NANOS;
        long end = counted + length.toNanos();
        long step = Duration.ofSeconds(1).toNanos() / perSecond;
        int number = 0;
        for (long due = start; due < end; due += step, number++) {
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            if (due >= counted || open.getUnarrivedParties() <= MOST_WAITING) {
                ask(path(random, number), due, due >= counted, answers, open);
            }
        }
        open.arriveAndAwaitAdvance();
        return result(answers, perSecond);
    }

    private String path(Random random, int number) {
        if (number % KPI_EVERY == 0) {
            return "kpis/orders?period=DAY";
        }
        double fraction = random.nextDouble();
        var customer = "customers/customer-" + (int) (fraction * fraction * customers);
        return number % 2 == 0 ? customer : customer + "/suppressions";
    }

    private void ask(String path, long due, boolean counts, ConcurrentLinkedQueue<Answer> answers, Phaser open) {
        open.register();
        client.sendAsync(
                        HttpRequest.newBuilder(URI.create(address + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.discarding())
                .whenComplete((answer, failed) -> {
                    if (counts) {
                        answers.add(new Answer(failed == null ? answer.statusCode() : 0, System.nanoTime() - due));
                    }
                    open.arriveAndDeregister();
                });
    }

    private static Result result(ConcurrentLinkedQueue<Answer> answers, int perSecond) {
        var statuses = new TreeMap<Integer, Long>();
        answers.forEach(answer -> statuses.merge(answer.status(), 1L, Long::sum));
        var sorted = answers.stream().mapToLong(Answer::nanos).sorted().toArray();
        return new Result(perSecond, sorted.length, statuses, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_A_MILLI;
    }
}
