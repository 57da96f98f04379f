package io.touchpoint.sandbox.activation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.touchpoint.activation.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * The audience APIs of the platforms as their public documentation describes them, on loopback: forms, limits, throttling, errors, and what
 * becomes of the members. It stands in for nothing that was seen: no live account was used.
 */
final class PlatformServer implements AutoCloseable {

    /** What happens to a request that is in order. */
    enum Fault {
        NONE,
        THROTTLED,
        CONFLICT,
        FAILED_BEFORE,
        FAILED_AFTER,
        SILENT_BEFORE,
        SILENT_AFTER
    }

    static final String TOKEN = "secret-of-the-platform-7c1f";
    static final String ACCOUNT = "4711";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SEGMENT = Pattern.compile("/v1/management/segment/([^/]+)/modify_data");
    private static final long WINDOW_NANOS = 6_000_000_000L;

    private final HttpServer server;
    private final Map<String, Set<String>> audiences = new ConcurrentHashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final Deque<Long> times = new ArrayDeque<>();
    private volatile IntFunction<Fault> faults = number -> Fault.NONE;
    private volatile Set<String> poison = Set.of();
    private volatile int least;
    private volatile int mostInWindow = Integer.MAX_VALUE;
    private int requests;
    private int busiest;
    private int largest;

    /** What a request asks for: letters of kinds and hashes. */
    private record Asked(String audience, boolean add, List<String> members) {}

    /** A request that breaks the documented form. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String what) {
            super(what);
        }
    }

    private PlatformServer(Platform platform) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(runnable -> {
            var thread = new Thread(runnable, "platform");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> handle(platform, exchange));
        server.start();
    }

    static PlatformServer start(Platform platform) {
        try {
            return new PlatformServer(platform);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** By the number of the request, from 1. */
    void faults(IntFunction<Fault> byRequest) {
        faults = byRequest;
    }

    /** Members that are well formed and refused all the same. */
    void poison(Set<String> members) {
        poison = members;
    }

    /** Audiences that would have fewer let nobody go; Meta says so. */
    void keepAtLeast(int members) {
        least = members;
    }

    /** More in six seconds are answered with 429. */
    void allow(int requestsInSixSeconds) {
        mostInWindow = requestsInSixSeconds;
    }

    Set<String> members(String audience) {
        synchronized (this) {
            return new TreeSet<>(audiences.getOrDefault(audience, Set.of()));
        }
    }

    synchronized int requests() {
        return requests;
    }

    /** The most requests in any six seconds. */
    synchronized int busiest() {
        return busiest;
    }

    /** The most members in a request. */
    synchronized int largest() {
        return largest;
    }

    /** What was wrong with requests by the documentation, the poison left aside. */
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    private void handle(Platform platform, HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int number;
        boolean tooMany;
        synchronized (this) {
            number = ++requests;
            tooMany = isTooMany(System.nanoTime());
        }
        if (tooMany) {
            throttle(exchange);
            return;
        }
        var fault = faults.apply(number);
        switch (fault) {
            case THROTTLED -> throttle(exchange);
            case CONFLICT -> reply(exchange, 409, "{\"error\":{\"code\":409,\"status\":\"ABORTED\"}}");
            case FAILED_BEFORE -> reply(exchange, 500, "{}");
            case SILENT_BEFORE -> {
                // The exchange stays open, and no answer comes.
            }
            case NONE, FAILED_AFTER, SILENT_AFTER -> serve(platform, exchange, body, fault);
        }
    }

    private boolean isTooMany(long now) {
        times.addLast(now);
        while (now - times.getFirst() > WINDOW_NANOS) {
            times.removeFirst();
        }
        busiest = Math.max(busiest, times.size());
        return times.size() > mostInWindow;
    }

    private void serve(Platform platform, HttpExchange exchange, String body, Fault fault) throws IOException {
        try {
            if (!isAuthorized(platform, exchange)) {
                reply(exchange, 401, "{}");
                return;
            }
            var asked = switch (platform) {
                case GOOGLE -> google(exchange, JSON.readTree(body));
                case META -> meta(exchange, JSON.readTree(body));
                case TIKTOK -> tiktok(exchange, JSON.readTree(body));
                case YANDEX -> yandex(exchange, body);
            };
            check(platform, asked);
            int spoilt = firstSpoilt(asked);
            if (spoilt >= 0 && platform != Platform.META) {
                refuse(platform, exchange, spoilt);
                return;
            }
            if (least > 0
                    && !asked.add()
                    && members(asked.audience()).size() - asked.members().size() < least) {
                reply(exchange, 400, "{\"error\":{\"code\":2650,\"message\":\"Cannot remove: low audience size\"}}");
                return;
            }
            apply(asked);
            if (fault == Fault.FAILED_AFTER) {
                reply(exchange, 503, "{}");
            } else if (fault == Fault.NONE) {
                reply(exchange, 200, accepted(platform, asked));
            }
        } catch (Broken wrong) {
            synchronized (this) {
                broken.add(wrong.getMessage());
            }
            reply(exchange, 400, "{\"error\":{\"code\":100,\"status\":\"INVALID_ARGUMENT\"}}");
        }
    }

    private synchronized void apply(Asked asked) {
        largest = Math.max(largest, asked.members().size());
        var members = audiences.computeIfAbsent(asked.audience(), audience -> new TreeSet<>());
        for (var member : asked.members()) {
            if (poison.contains(member)) {
                continue;
            }
            if (asked.add()) {
                members.add(member);
            } else {
                members.remove(member);
            }
        }
    }

    private int firstSpoilt(Asked asked) {
        for (int i = 0; i < asked.members().size(); i++) {
            if (poison.contains(asked.members().get(i))) {
                return i;
            }
        }
        return -1;
    }

    private String accepted(Platform platform, Asked asked) {
        long wrong = asked.members().stream().filter(poison::contains).count();
        return switch (platform) {
            case GOOGLE -> "{\"requestId\":\"r" + requests() + "\"}";
            case META ->
                "{\"audience_id\":\"" + asked.audience() + "\",\"num_received\":"
                        + asked.members().size() + ",\"num_invalid_entries\":" + wrong + "}";
            case TIKTOK -> "{\"code\":0,\"message\":\"OK\"}";
            case YANDEX -> "{\"segment\":{\"status\":\"uploaded\"}}";
        };
    }

    /** Google names every other one, so that both ways are walked. */
    private static void refuse(Platform platform, HttpExchange exchange, int index) throws IOException {
        switch (platform) {
            case GOOGLE -> {
                var details = index % 2 == 0
                        ? ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":"
                                + "[{\"field\":\"audience_members.audience_members[" + index
                                + "].user_data.user_identifiers[0]\",\"reason\":\"INVALID_SHA256_FORMAT\"}]}]"
                        : "";
                reply(exchange, 400, "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\"" + details + "}}");
            }
            case META -> throw new IllegalStateException("counts them instead");
            case TIKTOK -> reply(exchange, 200, "{\"code\":40002,\"message\":\"wrong id\"}");
            case YANDEX -> reply(exchange, 400, "{\"errors\":[{\"error_type\":\"invalid_parameter\"}],\"code\":400}");
        }
    }

    private static boolean isAuthorized(Platform platform, HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var given = switch (platform) {
            case GOOGLE, META ->
                String.valueOf(headers.getFirst("Authorization")).replace("Bearer ", "");
            case TIKTOK -> headers.getFirst("Access-Token");
            case YANDEX -> String.valueOf(headers.getFirst("Authorization")).replace("OAuth ", "");
        };
        return TOKEN.equals(given);
    }

    private static Asked google(HttpExchange exchange, JsonNode body) {
        var path = exchange.getRequestURI().getPath();
        boolean add = path.equals("/v1/audienceMembers:ingest");
        require(add || path.equals("/v1/audienceMembers:remove"), path);
        require(exchange.getRequestMethod().equals("POST"), "method");
        require(body.path("encoding").asText().equals("HEX"), "encoding");
        require(body.path("destinations").size() == 1, "destinations");
        var destination = body.path("destinations").get(0);
        require(destination.path("operatingAccount").path("accountId").asText().equals(ACCOUNT), "account");
        require(
                destination
                        .path("operatingAccount")
                        .path("accountType")
                        .asText()
                        .equals("GOOGLE_ADS"),
                "account type");
        if (add) {
            require(body.path("consent").path("adUserData").asText().equals("CONSENT_GRANTED"), "consent");
            require(body.path("consent").path("adPersonalization").asText().equals("CONSENT_GRANTED"), "consent");
            require(
                    body.path("termsOfService")
                            .path("customerMatchTermsOfServiceStatus")
                            .asText()
                            .equals("ACCEPTED"),
                    "terms");
        }
        var members = new ArrayList<String>();
        for (var member : body.path("audienceMembers")) {
            var identifiers = member.path("userData").path("userIdentifiers");
            require(identifiers.size() >= 1 && identifiers.size() <= 10, "identifiers of a member");
            for (var identifier : identifiers) {
                members.add(
                        identifier.has("emailAddress")
                                ? "E" + identifier.get("emailAddress").asText()
                                : "P" + identifier.path("phoneNumber").asText());
            }
        }
        require(body.path("audienceMembers").size() <= 10_000, "more than 10,000 members");
        return new Asked(destination.path("productDestinationId").asText(), add, members);
    }

    private static Asked meta(HttpExchange exchange, JsonNode body) {
        var path = exchange.getRequestURI().getPath().split("/");
        require(
                path.length == 3 && path[2].equals("users"),
                exchange.getRequestURI().getPath());
        var method = exchange.getRequestMethod();
        require(method.equals("POST") || method.equals("DELETE"), method);
        var session = body.path("session");
        require(session.path("session_id").asLong() > 0, "session_id");
        require(
                session.path("batch_seq").asInt() == 1
                        && session.path("last_batch_flag").asBoolean(),
                "session");
        var data = body.path("payload").path("data");
        require(session.path("estimated_num_total").asInt() == data.size(), "estimated_num_total");
        require(body.path("payload").path("schema").toString().equals("[\"EMAIL\",\"PHONE\"]"), "schema");
        var members = new ArrayList<String>();
        for (var row : data) {
            require(row.size() == 2, "row");
            members.add(
                    row.get(0).asText().isEmpty()
                            ? "P" + row.get(1).asText()
                            : "E" + row.get(0).asText());
        }
        require(data.size() <= 10_000, "more than 10,000 users");
        return new Asked(path[1], method.equals("POST"), members);
    }

    private static Asked tiktok(HttpExchange exchange, JsonNode body) {
        require(exchange.getRequestURI().getPath().equals("/open_api/v1.3/segment/mapping/"), "path");
        require(body.path("advertiser_ids").toString().equals("[\"" + ACCOUNT + "\"]"), "advertiser_ids");
        require(body.path("id_schema").toString().equals("[\"EMAIL_SHA256\",\"PHONE_SHA256\"]"), "id_schema");
        var action = body.path("action").asText();
        require(action.equals("add") || action.equals("delete"), "action");
        var members = new ArrayList<String>();
        var audiences = new TreeSet<String>();
        for (var row : body.path("batch_data")) {
            require(row.size() == 2, "row");
            for (int column = 0; column < 2; column++) {
                if (!row.get(column).isEmpty()) {
                    members.add((column == 0 ? "E" : "P")
                            + row.get(column).path("id").asText());
                    row.get(column).path("audience_ids").forEach(id -> audiences.add(id.asText()));
                }
            }
        }
        require(audiences.size() == 1, "audience_ids");
        require(members.size() <= 10_000, "more than 10,000 ids");
        return new Asked(audiences.first(), action.equals("add"), members);
    }

    private static Asked yandex(HttpExchange exchange, String body) {
        var segment = SEGMENT.matcher(exchange.getRequestURI().getPath());
        require(segment.matches(), exchange.getRequestURI().getPath());
        var query = exchange.getRequestURI().getQuery();
        boolean add = query.contains("modification_type=addition");
        require(add || query.contains("modification_type=subtraction"), query);
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        var boundary = "--" + type.substring(type.indexOf("boundary=") + "boundary=".length());
        require(body.startsWith(boundary + "\r\n") && body.endsWith(boundary + "--\r\n"), "multipart");
        require(body.contains("name=\"file\""), "file");
        var lines = body.substring(body.indexOf("\r\n\r\n") + 4, body.lastIndexOf("\r\n" + boundary))
                .split("\n");
        require(lines[0].equals("email,phone"), "header");
        var members = new ArrayList<String>();
        for (int i = 1; i < lines.length; i++) {
            members.add(lines[i].startsWith(",") ? "P" + lines[i].substring(1) : "E" + lines[i].replace(",", ""));
        }
        return new Asked(segment.group(1), add, members);
    }

    private static void check(Platform platform, Asked asked) {
        require(!asked.members().isEmpty(), "no members");
        require(!asked.audience().isEmpty(), "no audience");
        for (var member : asked.members()) {
            require(HASH.matcher(member.substring(1)).matches(), platform + " got what is no hash");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new Broken(what);
        }
    }

    private static void throttle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", "1");
        reply(exchange, 429, "{}");
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
