package io.touchpoint.activation.platform;

import java.net.URI;

/** A request without credentials. Its text names only what may be told. */
public record PlatformRequest(String method, URI uri, String contentType, byte[] body) {

    /** A header of HTTP. */
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    public String toString() {
        return method + " " + uri.getPath() + ", " + body.length + " bytes";
    }
}
