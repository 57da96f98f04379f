package io.touchpoint.domain.customer;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.MembershipChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps the members as someone would who knows only the changes, and fails where these do not add up. */
final class Audience {

    /** A change as it was told; a null value lets the key be forgotten. */
    record Change(String key, AudienceChange value, long at) {}

    private final List<Change> changes = new ArrayList<>();
    private final Map<String, AudienceChange> members = new TreeMap<>();
    private final Map<String, Long> revisions = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<Platform, Integer> dropped = new TreeMap<>();

    void told(String key, AudienceChange change, long at) {
        changes.add(new Change(key, change, at));
        if (change == null) {
            check(!members.containsKey(key), "forgotten as a member: " + key);
            return;
        }
        check(
                key.equals(change.getPlatform() + "|" + change.getCustomerId() + "|" + change.getScope() + "|"
                        + change.getScopeValue()),
                key + " of " + change);
        check(change.getDecidedAt().toEpochMilli() == at, "stamped " + at + ": " + change);
        check(change.getRevision() > revisions.getOrDefault(key, 0L), "the revision falls: " + change);
        revisions.put(key, change.getRevision());
        sorted(change.getEmailHashes());
        sorted(change.getPhoneHashes());
        int addresses = change.getEmailHashes().size() + change.getPhoneHashes().size();
        check(addresses > 0 && addresses <= 10, addresses + " addresses: " + change);
        var before = members.get(key);
        if (change.getChange() == MembershipChange.REMOVE) {
            check(before != null, "removed, and never added: " + change);
            check(hashes(before).equals(hashes(change)), "removed " + change + " of " + before);
            hashes(change).forEach(hash -> counts.merge(key + "|" + hash, -1L, Long::sum));
            members.remove(key);
            return;
        }
        boolean again = change.getCause().equals("REFRESHED");
        check(again == (before != null), "added " + change + " after " + before);
        if (again) {
            check(hashes(before).equals(hashes(change)), "refreshed " + change + " of " + before);
        } else {
            hashes(change).forEach(hash -> counts.merge(key + "|" + hash, 1L, Long::sum));
        }
        members.put(key, change);
    }

    private static void sorted(List<String> hashes) {
        check(List.copyOf(new TreeSet<>(hashes)).equals(hashes), "neither sorted nor distinct: " + hashes);
        check(hashes.stream().allMatch(hash -> hash.matches("[0-9a-f]{64}")), "no hashes: " + hashes);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    void dropped(Platform platform, int addresses) {
        dropped.merge(platform, addresses, Integer::sum);
    }

    /** {@return how many addresses were of no use, by platform} */
    Map<Platform, Integer> dropped() {
        return dropped;
    }

    /** {@return all that was told, in order} */
    List<Change> changes() {
        return changes;
    }

    /** {@return what was told since the last call, without the hashes: {@code 0: google SKU|radio ADD SUPPRESSED 1+0}} */
    List<String> take() {
        var lines = changes.stream().map(Audience::say).toList();
        changes.clear();
        return lines;
    }

    private static String say(Change change) {
        var platform = change.key().substring(0, change.key().indexOf('|'));
        var scope = change.key().substring(change.key().indexOf('|', platform.length() + 1) + 1);
        var head = Told.days(change.at()) + ": " + platform + " " + scope + " ";
        var value = change.value();
        return value == null
                ? head + "forgotten"
                : head + value.getChange() + " " + value.getCause() + " "
                        + value.getEmailHashes().size() + "+"
                        + value.getPhoneHashes().size();
    }

    /** {@return the hashes that are members, by key: the sum of the additions less the removals} */
    Map<String, Set<String>> members() {
        var sums = new TreeMap<String, Set<String>>();
        counts.forEach((keyAndHash, count) -> {
            check(count == 0 || count == 1, count + " times a member: " + keyAndHash);
            if (count == 1) {
                int end = keyAndHash.lastIndexOf('|');
                sums.computeIfAbsent(keyAndHash.substring(0, end), key -> new TreeSet<>())
                        .add(keyAndHash.substring(end + 1));
            }
        });
        return sums;
    }

    private static Set<String> hashes(AudienceChange change) {
        var hashes = new TreeSet<>(change.getEmailHashes());
        hashes.addAll(change.getPhoneHashes());
        return hashes;
    }
}
