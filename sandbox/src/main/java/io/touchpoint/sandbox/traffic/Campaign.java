package io.touchpoint.sandbox.traffic;

import java.util.List;

/**
 * An advertising campaign of the generated traffic.
 *
 * @param retargeting whether it follows people because of what they did before
 */
record Campaign(String platform, String id, boolean retargeting) {

    static final List<Campaign> PROSPECTING = List.of(
            new Campaign("google", "google-brand", false),
            new Campaign("google", "google-shopping", false),
            new Campaign("meta", "meta-gifts", false),
            new Campaign("tiktok", "tiktok-gifts", false));

    static final List<Campaign> RETARGETING =
            List.of(new Campaign("google", "google-remarketing", true), new Campaign("meta", "meta-remarketing", true));
}
