package io.touchpoint.domain.audience;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ad platforms that can be told whom to spare. Their order is stored with each customer: new ones go to the end. */
public enum Platform {
    /** Customer Match; a member that is not sent again is forgotten after 540 days. */
    GOOGLE("google", Duration.ofDays(540), Duration.ofDays(430)),
    /** Custom Audiences; members stay until they are removed. */
    META("meta", null, null),
    /** Segments; an audience that did not change for 365 days is forgotten, so a change before then keeps it. */
    TIKTOK("tiktok", Duration.ofDays(365), Duration.ofDays(290)),
    /** Yandex Audience; members stay until they are removed. */
    YANDEX("yandex", null, null);

    /** How many addresses of one member every platform takes; Google's is the least limit that is documented. */
    public static final int MOST_ADDRESSES = 10;

    private final String id;
    private final Duration forgetsAfter;
    private final Duration refreshAfter;

    Platform(String id, Duration forgetsAfter, Duration refreshAfter) {
        this.id = id;
        this.forgetsAfter = forgetsAfter;
        this.refreshAfter = refreshAfter;
    }

    /** {@return the name in keys, in consent by platform, and in the policy file} */
    public String id() {
        return id;
    }

    /** {@return after how long the platform forgets what is not sent again, where it does} */
    public Optional<Duration> forgetsAfter() {
        return Optional.ofNullable(forgetsAfter);
    }

    /** {@return after how long members are sent again unless configured, where that is needed: four fifths of {@link #forgetsAfter}} */
    public Optional<Duration> refreshAfter() {
        return Optional.ofNullable(refreshAfter);
    }

    /** {@return the platform of this id, if there is one} */
    public static Optional<Platform> of(String id) {
        return Arrays.stream(values())
                .filter(platform -> platform.id.equals(id))
                .findFirst();
    }

    /** {@return all ids, for messages} */
    public static String ids() {
        return Arrays.stream(values()).map(Platform::id).collect(Collectors.joining(", "));
    }

    /** {@return the bit that stands for this platform in a set of them} */
    public int bit() {
        return 1 << ordinal();
    }
}
