package io.touchpoint.domain.policy;

import io.touchpoint.domain.audience.Platform;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which ad platforms are told whom to spare.
 *
 * @param platforms those that are served, each with the interval at which its members are sent again, if they are
 * @param defaultRegion ISO 3166-1 alpha-2 region of telephone numbers whose contact names no country; empty to drop these
 */
public record AudienceRules(Map<Platform, Optional<Duration>> platforms, Optional<String> defaultRegion) {

    private static final Duration LONGEST = Duration.ofDays(540);

    /** All platforms. */
    public static final AudienceRules DEFAULT = new AudienceRules(usual(), Optional.empty());

    /** None. */
    public static final AudienceRules OFF = new AudienceRules(Map.of(), Optional.empty());

    /** @throws InvalidPolicyException when a value is missing or out of range */
    public AudienceRules {
        Bounds.present("platforms", platforms);
        Bounds.present("default-region", defaultRegion);
        platforms.forEach((platform, refresh) -> refresh.ifPresent(interval -> checkRefresh(platform, interval)));
        defaultRegion.ifPresent(AudienceRules::checkRegion);
        platforms = Map.copyOf(platforms);
    }

    private static void checkRefresh(Platform platform, Duration interval) {
        var field = "platforms." + platform.id() + ".refresh";
        // A day less than the platform remembers: what is late by hours must not come too late.
        Bounds.upTo(platform.forgetsAfter().map(limit -> limit.minusDays(1)).orElse(LONGEST), field, interval);
        if (interval.compareTo(Duration.ofDays(1)) < 0) {
            throw new InvalidPolicyException(field, interval, "a day or more");
        }
    }

    private static void checkRegion(String region) {
        if (!Arrays.asList(Locale.getISOCountries()).contains(region)) {
            throw new InvalidPolicyException(
                    "default-region", "\"" + region + "\"", "an ISO 3166-1 alpha-2 country such as GB");
        }
    }

    private static Map<Platform, Optional<Duration>> usual() {
        var all = new EnumMap<Platform, Optional<Duration>>(Platform.class);
        for (var platform : Platform.values()) {
            all.put(platform, platform.refreshAfter());
        }
        return all;
    }
}
