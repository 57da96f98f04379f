package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.touchpoint.config.AppConfig;
import io.touchpoint.config.OwnNames;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets in who shows the token: programs as a bearer, browsers by a cookie that {@code POST /session} gives for it, since neither pages nor
 * event streams can carry a header. The cookie holds no token, only until when it is good, signed with the token: so every instance that has
 * the token knows it, and none keeps sessions. Without a token it lets in who asks for us by a name of ours.
 */
final class Access implements Routes {

    static final Duration SESSION = Duration.ofHours(12);

    private static final String PATH = "/session";
    private static final String COOKIE = "touchpoint-session";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int UNAUTHORIZED = 401;
    private static final int NO_CONTENT = 204;

    /**
     * Rather than 403, which would say that somebody else might, or that we know the thing: we answer for no such host at all, and that is
     * what 421 is for (RFC 9110, 15.5.20).
     */
    private static final int MISDIRECTED = 421;

    /** Beside the paths of {@link Probes}: nobody has the token yet who comes here. */
    private static final Set<String> OPEN = Set.of(PATH);

    private final Optional<String> token;
    private final OwnNames names;
    private final InstantSource clock;
    private final String signIn;

    /**
     * @param http the token that is asked for, and where none is, the names that we go by
     * @param clock by which sessions end
     * @param signIn the page for browsers that show no token
     */
    Access(AppConfig.Http http, InstantSource clock, String signIn) {
        this.token = http.token();
        this.names = new OwnNames(http);
        this.clock = clock;
        this.signIn = signIn;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.before(token.isPresent() ? this::checkToken : this::checkHost);
        routes.post(PATH, this::begin);
        routes.delete(PATH, this::end);
        routes.exception(Refused.class, (refused, request) -> refuse(request));
    }

    /** Somebody shows no token, or another. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("a token is needed", null, false, false);
        }
    }

    private void checkHost(Context request) {
        if (!names.include(request.header("Host"))) {
            throw new Problem.Raised(new Problem(
                    "Wrong host",
                    MISDIRECTED,
                    "the request is for another host (expected: Host is localhost, a loopback address, or the host of http.host or"
                            + " http.advertised; with http.token any)"));
        }
    }

    private void checkToken(Context request) {
        if (!OPEN.contains(request.path())
                && !Probes.PATHS.contains(request.path())
                && !isBearer(request.header("Authorization"), token.get())
                && !isSession(request.cookie(COOKIE), token.get())) {
            throw new Refused();
        }
    }

    private void begin(Context request) {
        if (token.isPresent()) {
            if (!same(token.get(), given(request).strip())) {
                throw new Refused();
            }
            var until = Long.toString(clock.instant().plus(SESSION).getEpochSecond());
            cookie(request, until + "." + signed(until, token.get()), SESSION);
        }
        if (wantsPage(request)) {
            request.redirect(".", HttpStatus.SEE_OTHER);
        } else {
            request.status(NO_CONTENT);
        }
    }

    private static String given(Context request) {
        try {
            return Optional.ofNullable(request.formParam("token")).orElse("");
        } catch (IllegalArgumentException notEncoded) {
            return "";
        }
    }

    private void end(Context request) {
        cookie(request, "", Duration.ZERO);
        request.status(NO_CONTENT);
    }

    private static void cookie(Context request, String value, Duration age) {
        // A proxy in front that speaks TLS says so; a browser then never shows the cookie without.
        boolean secure = "https".equals(request.header("X-Forwarded-Proto")) || "https".equals(request.scheme());
        request.header(
                "Set-Cookie",
                COOKIE + "=" + value + "; Path=/; Max-Age=" + age.toSeconds() + "; HttpOnly; SameSite=Strict"
                        + (secure ? "; Secure" : ""));
    }

    private void refuse(Context request) {
        request.header("WWW-Authenticate", "Bearer").header("Cache-Control", "no-store");
        if (wantsPage(request)) {
            request.status(UNAUTHORIZED).html(signIn);
        } else {
            new Problem(
                            "A token is needed",
                            UNAUTHORIZED,
                            "no token, or another one (expected: Authorization: Bearer and the configured token, or the cookie that"
                                    + " POST /session gives for it)")
                    .on(request);
        }
    }

    private static boolean wantsPage(Context request) {
        var accepted = request.header("Accept");
        return accepted != null && accepted.contains("text/html");
    }

    private static boolean isBearer(String given, String token) {
        return given != null && same("Bearer " + token, given);
    }

    private boolean isSession(String given, String token) {
        int dot = given == null ? -1 : given.indexOf('.');
        if (dot < 1 || dot > 12) {
            return false;
        }
        var until = given.substring(0, dot);
        if (!same(signed(until, token), given.substring(dot + 1))) {
            return false;
        }
        return Long.parseLong(until) > clock.instant().getEpochSecond();
    }

    private static String signed(String until, String token) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes(token), ALGORITHM));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes("session until " + until)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }

    /** Takes as long wherever the two differ. */
    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(bytes(expected), bytes(given));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
