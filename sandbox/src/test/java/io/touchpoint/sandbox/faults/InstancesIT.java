package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on three brokers answer as one, also while one of them dies. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class InstancesIT {

    private static final int EVENTS = 1_500;
    private static final String PIPELINE = "instances";
    private static final String FORWARDED = "Touchpoint-Forwarded-Within";

    /**
     * The group misses a killed instance after 6 s here. A transaction that it left open holds up its standby until the broker gives it up,
     * here after 10 s and at the next look at that, which may be 10 s later.
     */
    private static final Duration FAILOVER = Duration.ofSeconds(60);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerForEveryCustomerFromBothAndNeverWronglyWhileOneIsKilled() throws Exception {
        var events = Histories.mixed(EVENTS, 60, Duration.ofDays(30), 5);
        var ids = new TreeSet<String>();
        events.forEach(event -> ids.add(event.key()));
        int[] ports = freePorts();
        try (var cluster = TestCluster.ofThreeBrokers();
                var one = instance(cluster, "one", ports[0]);
                var other = instance(cluster, "other", ports[1])) {
            cluster.publish(events);
            var customers = List.copyOf(ids);
            await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
                one.assertAlive();
                other.assertAlive();
                assertThat(cluster.committed(PIPELINE)).isEqualTo(EVENTS);
                assertThat(own(ports[0], customers)).isBetween(1, customers.size() - 1);
                assertThat(own(ports[0], customers) + own(ports[1], customers)).isEqualTo(customers.size());
            });
            var truth = new HashMap<String, String>();
            for (var customer : customers) {
                truth.put(customer, ask(ports[0], customer).body());
                assertThat(ask(ports[1], customer).body()).isEqualTo(truth.get(customer));
            }
            assertThat(truth.values()).allMatch(body -> body.contains("\"customer_id\""));
            assertThat(ask(ports[1], "nobody").statusCode()).isEqualTo(404);
            assertThat(ask(ports[0], "nobody").statusCode()).isEqualTo(404);

            try (var hammer = new Hammer(ports[1], truth)) {
                await().until(() -> hammer.right.get() > customers.size());
                one.kill();
                await().until(() -> hammer.later.get() > 0);
                await().atMost(FAILOVER).until(() -> own(ports[1], customers) == customers.size());
                long right = hammer.right.get();
                await().until(() -> hammer.right.get() > right + customers.size());
                assertThat(hammer.wrong).isEmpty();
            }
            other.assertAlive();
        }
    }

    /** Asks one instance for all customers, again and again. */
    private static final class Hammer implements AutoCloseable {
        private final AtomicLong right = new AtomicLong();
        private final AtomicLong later = new AtomicLong();
        private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        Hammer(int port, Map<String, String> truth) {
            thread = new Thread(() -> {
                while (!over.get()) {
                    truth.forEach((customer, body) -> judge(port, customer, body));
                }
            });
            thread.start();
        }

        private void judge(int port, String customer, String body) {
            try {
                var answer = ask(port, customer);
                if (answer.statusCode() == 200 && answer.body().equals(body)) {
                    right.incrementAndGet();
                } else if (answer.statusCode() == 503
                        && answer.headers().firstValue("Retry-After").isPresent()) {
                    later.incrementAndGet();
                } else {
                    wrong.add(customer + ": " + answer.statusCode() + " " + answer.body());
                }
            } catch (IOException | InterruptedException failed) {
                wrong.add(customer + ": " + failed);
            }
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            thread.join();
        }
    }

    private PipelineProcess instance(TestCluster cluster, String name, int port) {
        return PipelineProcess.start(cluster.settings(Map.of(
                "application.id",
                PIPELINE,
                "streams.standbys",
                "1",
                "streams.threads",
                "1",
                "kafka.producer.transaction.timeout.ms",
                "10000",
                "streams.state-dir",
                folder.resolve(name).toString(),
                "http.port",
                Integer.toString(port))));
    }

    /** How many an instance has itself: what was passed on already it does not pass on. */
    private static int own(int port, List<String> customers) throws IOException, InterruptedException {
        int own = 0;
        for (var customer : customers) {
            own += ask(port, customer, FORWARDED, PIPELINE).statusCode() == 200 ? 1 : 0;
        }
        return own;
    }

    private static HttpResponse<String> ask(int port, String customer, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/customers/" + customer))
                .timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static int[] freePorts() throws IOException {
        var taken = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < 2; i++) {
                taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return taken.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            for (var socket : taken) {
                socket.close();
            }
        }
    }
}
