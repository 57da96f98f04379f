package io.touchpoint.activation.platform;

import io.touchpoint.domain.activation.RateLimit.Window;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ad platforms and what their public documentation asks for. Sources: docs/activation.md.
 *
 * <p>Most is identifiers in a request; least is members below which the platform does not use an audience.
 */
public enum Platform {
    GOOGLE("https://datamanager.googleapis.com", 10_000, 100, new Window(300, Duration.ofMinutes(1)), perDay(100_000)),
    META("https://graph.facebook.com/v25.0", 10_000, 100, new Window(5_000, Duration.ofHours(1))),
    TIKTOK("https://business-api.tiktok.com", 10_000, 1_000, new Window(50, Duration.ofSeconds(1))),
    /** Takes files of up to 1 GB; a batch must fit into a record of Kafka. */
    YANDEX(
            "https://api-audience.yandex.ru",
            20_000,
            100,
            new Window(10, Duration.ofMinutes(1)),
            new Window(100, Duration.ofHours(1)),
            perDay(500));

    private final URI url;
    private final int most;
    private final int least;
    private final List<Window> windows;

    Platform(String url, int most, int least, Window... windows) {
        this.url = URI.create(url);
        this.most = most;
        this.least = least;
        this.windows = List.of(windows);
    }

    private static Window perDay(int requests) {
        return new Window(requests, Duration.ofDays(1));
    }

    /** By its name in audience changes, in any case. */
    public static Optional<Platform> named(String name) {
        return Arrays.stream(values())
                .filter(platform -> platform.label().equalsIgnoreCase(name))
                .findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Platform::label).collect(Collectors.joining(", "));
    }

    /** Its name in audience changes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where its API is. */
    public URI url() {
        return url;
    }

    /** Identifiers in a request. */
    public int most() {
        return most;
    }

    /** Members below which an audience has no effect. */
    public int least() {
        return least;
    }

    /** How many requests in which time, the shortest time first. */
    public List<Window> windows() {
        return windows;
    }

    /**
     * What speaks to it.
     *
     * @param account the advertiser's account, where the platform wants it in requests
     */
    public AudiencePlatform open(URI base, String account) {
        return switch (this) {
            case GOOGLE -> new GoogleAudiences(base, account);
            case META -> new MetaCustomAudiences(base);
            case TIKTOK -> new TikTokSegments(base, account);
            case YANDEX -> new YandexAudience(base);
        };
    }

    /** Whether requests name the account. */
    public boolean needsAccount() {
        return switch (this) {
            case GOOGLE, TIKTOK -> true;
            case META, YANDEX -> false;
        };
    }

    /** The columns of an upload by hand: those of e-mail and of phone hashes. */
    public List<String> columns() {
        return switch (this) {
            case GOOGLE -> List.of("Email", "Phone");
            case META, YANDEX -> List.of("email", "phone");
            case TIKTOK -> List.of("EMAIL_SHA256", "PHONE_SHA256");
        };
    }
}
