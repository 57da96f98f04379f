package io.touchpoint.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts that requests may be for where no token is asked. Loopback keeps other machines out, not other sites: whoever has a name
 * in the DNS can point it at 127.0.0.1, and a browser then takes what we say for that site's own and lets its scripts read it. Such a
 * request still says in {@code Host} which name it came by.
 */
public final class OwnNames {

    private static final Pattern HOST =
            Pattern.compile("(?<name>[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    /** Addresses, and the one name that no resolver may give another meaning (RFC 6761). */
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}|\\[::1]");

    private final String bound;
    private final Optional<String> advertised;

    /** @param http the host that is bound, and the one that is advertised */
    public OwnNames(AppConfig.Http http) {
        bound = (http.host().contains(":") ? "[" + http.host() + "]" : http.host()).toLowerCase(Locale.ROOT);
        advertised = http.advertised().flatMap(OwnNames::nameOf);
    }

    /**
     * {@return whether a request is for us}
     *
     * @param host what it says in {@code Host}, null when it says nothing: no browser does that, but neither does any other client that
     *     means us. The port says nothing: a tunnel may have another
     */
    public boolean include(String host) {
        return host != null
                && nameOf(host)
                        .filter(name -> LOOPBACK.matcher(name).matches()
                                || name.equals(bound)
                                || advertised.filter(name::equals).isPresent())
                        .isPresent();
    }

    private static Optional<String> nameOf(String host) {
        var parts = HOST.matcher(host);
        return parts.matches() ? Optional.of(parts.group("name").toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
