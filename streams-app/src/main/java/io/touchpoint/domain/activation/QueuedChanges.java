package io.touchpoint.domain.activation;

import io.touchpoint.domain.activation.Identifier.Kind;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.MembershipChange;
import io.touchpoint.records.state.QueuedChange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What waits in the queue of an audience: changes of the topic, and what is to leave without one. */
final class QueuedChanges {

    private QueuedChanges() {}

    /** Whether somebody waits for a receipt. */
    static boolean isPublic(QueuedChange queued) {
        return !queued.getScope().isEmpty();
    }

    /** What is to leave an audience without a change that says so, and without a receipt. */
    static QueuedChange release(String key, long revision, Collection<String> identifiers, Instant now) {
        return QueuedChange.newBuilder()
                .setKey(key)
                .setCustomerId("")
                .setScope("")
                .setScopeValue("")
                .setAdd(false)
                .setRevision(revision)
                .setDecidedAt(now)
                .setQueuedAt(now)
                .setIdentifiers(List.copyOf(identifiers))
                .build();
    }

    /** A change of the topic, with no addresses yet. */
    static QueuedChange of(String key, AudienceChange change, Instant now) {
        return QueuedChange.newBuilder()
                .setKey(key)
                .setCustomerId(change.getCustomerId())
                .setScope(change.getScope())
                .setScopeValue(change.getScopeValue())
                .setAdd(change.getChange() == MembershipChange.ADD)
                .setRevision(change.getRevision())
                .setDecidedAt(change.getDecidedAt())
                .setQueuedAt(now)
                .setIdentifiers(List.of())
                .build();
    }

    /** The addresses that a change names, what is no hash left out. */
    static Set<String> identifiers(AudienceChange change) {
        var identifiers = new TreeSet<String>();
        change.getEmailHashes()
                .forEach(hash -> Identifier.of(Kind.EMAIL, hash).ifPresent(one -> identifiers.add(one.text())));
        change.getPhoneHashes()
                .forEach(hash -> Identifier.of(Kind.PHONE, hash).ifPresent(one -> identifiers.add(one.text())));
        return identifiers;
    }
}
