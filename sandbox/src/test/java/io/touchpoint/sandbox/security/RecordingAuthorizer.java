package io.touchpoint.sandbox.security;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which also remembers what it was asked. The broker makes it by its name. */
public final class RecordingAuthorizer extends StandardAuthorizer {

    /** Somebody wanted to do something. */
    record Asked(String principal, AclOperation operation, ResourcePattern on, boolean allowed) {}

    private static final Set<Asked> ASKED = ConcurrentHashMap.newKeySet();

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        var results = super.authorize(context, actions);
        for (int i = 0; i < actions.size(); i++) {
            var action = actions.get(i);
            boolean allowed = results.get(i) == AuthorizationResult.ALLOWED;
            // The broker asks some things to find out what it may tell; only what it would log is a refusal.
            if (allowed || action.logIfDenied()) {
                ASKED.add(new Asked(
                        context.principal().toString(), action.operation(), action.resourcePattern(), allowed));
            }
        }
        return results;
    }

    /** {@return what this one has asked for since the last call of {@link #forget}} */
    static List<Asked> askedBy(String principal) {
        return ASKED.stream()
                .filter(asked -> asked.principal().equals(principal))
                .toList();
    }

    static void forget() {
        ASKED.clear();
    }
}
