package io.touchpoint.domain.activation;

import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.MembershipChange;
import io.touchpoint.records.ReceiptStatus;
import io.touchpoint.records.state.ActivationState;
import io.touchpoint.records.state.AudienceTally;
import io.touchpoint.records.state.KnownChange;
import io.touchpoint.records.state.Membership;
import io.touchpoint.records.state.QueuedChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The audiences of one platform: who is to be a member, for how many customers, what the platform was told, and what it is still to be told.
 *
 * <p>A change is queued; a batch takes the front of its audience's queue and asks for each address what is wanted <em>now</em>, so that an ADD
 * and a REMOVE of one flush collapse. A batch is kept as it was made until it is settled, and is sent again in the same words after a crash:
 * what a platform does with an address it already has, or already lost, is nothing. Only then is the next one made, so that the
 * platform never hears of an address twice at a time.
 */
public final class AudienceLedger {

    /** Names a reason on receipts. */
    public static final String NO_AUDIENCE = "NO_AUDIENCE";

    /** Names a reason on receipts. */
    public static final String NO_HASH = "NO_HASH";

    /** When to ask again for members whom a small audience keeps, unless a change of the audience goes out before. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(5);

    private static final String SHARED = "SHARED";
    private static final String NOT_A_MEMBER = "NOT_A_MEMBER";

    private final String platform;
    private final long leastMembers;
    private final Rows rows;
    private final Consumer<Receipt> receipts;
    private final Map<String, AudienceQueue> queues = new TreeMap<>();
    private final Map<String, AudienceTally> tallies = new HashMap<>();

    /** Where the queues begin: to look for it means to pass over all that was ever taken from them. */
    private final Map<String, Long> fronts = new HashMap<>();

    /**
     * Goes on from what the rows hold.
     *
     * @param leastMembers below which the platform does not use an audience
     * @param receipts gets a word on every change, before the call that led to it returns
     */
    public AudienceLedger(String platform, long leastMembers, Rows rows, Consumer<Receipt> receipts) {
        this.platform = platform;
        this.leastMembers = leastMembers;
        this.rows = rows;
        this.receipts = receipts;
        rows.scan(RowKeys.QUEUE, RowKeys.QUEUE, (key, row) -> {
            var queued = row.getQueued();
            queues.merge(
                    RowKeys.audienceOfQueued(key),
                    AudienceQueue.EMPTY.plus(queued.getIdentifiers().size(), millis(queued.getQueuedAt())),
                    (all, one) -> all.plus((int) one.identifiers(), one.oldestMillis()));
            return true;
        });
    }

    /** What waits, by audience; audiences for which nothing does are not in it. */
    public Map<String, AudienceQueue> queues() {
        return queues;
    }

    /**
     * Takes a change of the topic.
     *
     * @param audience empty where the scope has none
     * @return how many values were left out for being no hash
     */
    public int apply(String key, AudienceChange change, Optional<String> audience, Instant now) {
        var known = known(key);
        if (known != null && change.getRevision() < known.getRevision()) {
            return 0;
        }
        var queued = QueuedChanges.of(key, change, now);
        if (audience.isEmpty()) {
            forget(key, now);
            tell(queued, "", ReceiptStatus.REFUSED, NO_AUDIENCE, null, null);
            return 0;
        }
        var named = QueuedChanges.identifiers(change);
        int leftOut = change.getEmailHashes().size() + change.getPhoneHashes().size() - named.size();
        if (named.isEmpty() && (known == null || known.getIdentifiers().isEmpty())) {
            tell(queued, audience.get(), ReceiptStatus.REFUSED, NO_HASH, null, null);
            return leftOut;
        }
        if (known != null && !known.getAudience().equals(audience.get())) {
            forget(key, now);
            known = null;
        }
        if (known == null || !isRepetition(known, change, named)) {
            settleOwners(key, audience.get(), known, change, named, queued);
        }
        return leftOut;
    }

    /** Takes a null value: whatever the key still holds is removed, and the key is as if it had never been. */
    public void forget(String key, Instant now) {
        var known = known(key);
        if (known == null) {
            return;
        }
        if (!known.getIdentifiers().isEmpty()) {
            known.getIdentifiers().forEach(identifier -> own(known.getAudience(), identifier, -1));
            enqueue(
                    known.getAudience(),
                    QueuedChanges.release(key, known.getRevision(), known.getIdentifiers(), now),
                    now);
        }
        rows.delete(RowKeys.change(key));
    }

    private void settleOwners(
            String key,
            String audience,
            KnownChange known,
            AudienceChange change,
            Set<String> named,
            QueuedChange queued) {
        boolean add = change.getChange() == MembershipChange.ADD;
        Set<String> before = known == null ? Set.of() : new TreeSet<>(known.getIdentifiers());
        Set<String> after = add ? named : Set.of();
        after.stream().filter(one -> !before.contains(one)).forEach(one -> own(audience, one, 1));
        before.stream().filter(one -> !after.contains(one)).forEach(one -> own(audience, one, -1));
        if (!add) {
            named.stream().filter(one -> !before.contains(one)).forEach(one -> suspect(audience, one));
        }
        var touched = new TreeSet<>(named);
        touched.addAll(before);
        touched.addAll(superseded(audience, known));
        queued.setIdentifiers(List.copyOf(touched));
        long place = enqueue(audience, queued, queued.getQueuedAt());
        put(
                RowKeys.change(key),
                row -> row.setChange(
                        new KnownChange(audience, change.getRevision(), List.copyOf(new TreeSet<>(after)), place)));
    }

    /** Of one key only the last change is sent; what the one before it would have touched is the newer one's to settle. */
    private Collection<String> superseded(String audience, KnownChange known) {
        if (known == null) {
            return Set.of();
        }
        var key = RowKeys.queued(audience, known.getPlace());
        var row = rows.get(key);
        var batch = rows.get(RowKeys.batch(audience));
        if (row == null
                || (batch != null && known.getPlace() <= batch.getBatch().getThrough())) {
            return Set.of();
        }
        var older = row.getQueued();
        rows.delete(key);
        queues.computeIfPresent(
                audience, (a, queue) -> queue.minus(older.getIdentifiers().size()));
        queues.remove(audience, AudienceQueue.EMPTY);
        tell(older, audience, ReceiptStatus.SUPERSEDED, null, null, null);
        return older.getIdentifiers();
    }

    private static boolean isRepetition(KnownChange known, AudienceChange change, Set<String> named) {
        boolean add = change.getChange() == MembershipChange.ADD;
        return known.getRevision() == change.getRevision()
                && new HashSet<>(known.getIdentifiers()).equals(add ? named : Set.of());
    }

    private void own(String audience, String identifier, int more) {
        var key = RowKeys.membership(audience, identifier);
        var row = rows.get(key);
        var now = row == null ? new Membership(0, false) : row.getMembership();
        put(key, next -> next.setMembership(new Membership(now.getOwners() + more, now.getPresent())));
    }

    /** A REMOVE of what nobody here ever added may be of a time before these rows: the platform is told all the same. */
    private void suspect(String audience, String identifier) {
        var key = RowKeys.membership(audience, identifier);
        if (rows.get(key) == null) {
            put(key, row -> row.setMembership(new Membership(0, true)));
            count(audience, 1, 0);
        }
    }

    private long enqueue(String audience, QueuedChange queued, Instant from) {
        queued.setQueuedAt(from);
        long place = tally(audience).getNextPlace();
        put(RowKeys.queued(audience, place), row -> row.setQueued(queued));
        count(audience, 0, 1);
        queues.merge(
                audience,
                AudienceQueue.EMPTY.plus(queued.getIdentifiers().size(), millis(from)),
                (all, one) -> all.plus((int) one.identifiers(), one.oldestMillis()));
        return place;
    }

    /** The batch that was made and not settled. */
    public Optional<Batch> openBatch(String audience) {
        return Optional.ofNullable(rows.get(RowKeys.batch(audience)))
                .map(row -> PackedBatch.unpack(audience, row.getBatch()));
    }

    /**
     * The batch to send: the one that is open, or a new one.
     *
     * @param most identifiers in it
     * @return empty when nothing waits
     */
    public Optional<Batch> nextBatch(String audience, int most, Instant now) {
        var open = openBatch(audience);
        if (open.isPresent()) {
            return open;
        }
        var front = new ArrayList<QueuedChange>();
        var touched = new LinkedHashSet<String>();
        var places = new long[] {-1};
        var adds = new TreeSet<String>();
        scanQueue(audience, Long.MAX_VALUE, (place, queued) -> {
            var more = new HashSet<>(queued.getIdentifiers());
            more.removeAll(touched);
            if (!front.isEmpty() && (touched.size() + more.size() > most || front.size() >= most)) {
                return false;
            }
            front.add(queued);
            touched.addAll(queued.getIdentifiers());
            if (queued.getAdd()) {
                adds.addAll(queued.getIdentifiers());
            }
            places[0] = place;
            return true;
        });
        if (front.isEmpty()) {
            return Optional.empty();
        }
        var batch = batch(audience, touched, adds, places[0], now);
        put(RowKeys.batch(audience), row -> row.setBatch(PackedBatch.pack(batch)));
        var sent = new Sent(batch);
        front.stream()
                .filter(queued -> QueuedChanges.isPublic(queued) && sent.hasPartOf(queued))
                .forEach(queued -> tell(queued, audience, ReceiptStatus.SENT, null, now, null));
        return Optional.of(batch);
    }

    private Batch batch(String audience, Set<String> touched, Set<String> inAnAdd, long through, Instant now) {
        var toAdd = new ArrayList<Identifier>();
        var toRemove = new ArrayList<Identifier>();
        for (var identifier : touched) {
            var key = RowKeys.membership(audience, identifier);
            var row = rows.get(key);
            if (row == null) {
                continue;
            }
            var membership = row.getMembership();
            if (membership.getOwners() > 0) {
                // An ADD of a member renews the membership, which platforms end after a time.
                if (!membership.getPresent() || inAnAdd.contains(identifier)) {
                    toAdd.add(Identifier.parse(identifier));
                }
            } else if (membership.getPresent()) {
                toRemove.add(Identifier.parse(identifier));
            } else {
                rows.delete(key);
            }
        }
        return new Batch(audience, toAdd, toRemove, through, now);
    }

    /** Takes the platform's word on the open batch, which is then no more. */
    public void settle(Batch batch, Settlement settlement, Instant now) {
        var audience = batch.audience();
        batch.adds().stream()
                .filter(one -> !settlement.refused().containsKey(one))
                .forEach(one -> present(audience, one, true));
        batch.removes().stream()
                .filter(one -> !settlement.refused().containsKey(one)
                        && !settlement.kept().contains(one))
                .forEach(one -> present(audience, one, false));
        var sent = new Sent(batch);
        var kept = texts(settlement.kept());
        var done = new ArrayList<Long>();
        var again = new TreeMap<Long, QueuedChange>();
        scanQueue(audience, batch.through(), (place, queued) -> {
            done.add(place);
            queues.computeIfPresent(
                    audience, (a, queue) -> queue.minus(queued.getIdentifiers().size()));
            if (!queued.getAdd() && queued.getIdentifiers().stream().anyMatch(kept::contains)) {
                if (isNewest(queued, place)) {
                    again.put(place, queued);
                } else {
                    tell(queued, audience, ReceiptStatus.SUPERSEDED, null, null, now);
                }
            } else if (QueuedChanges.isPublic(queued)) {
                answer(queued, batch, settlement, sent, now);
            }
            return true;
        });
        done.forEach(place -> rows.delete(RowKeys.queued(audience, place)));
        rows.delete(RowKeys.batch(audience));
        fronts.put(audience, batch.through() + 1);
        again.forEach((place, queued) -> {
            kept.removeAll(queued.getIdentifiers());
            waitLonger(audience, place, queued, now);
        });
        if (!kept.isEmpty()) {
            enqueue(audience, QueuedChanges.release("", 0, kept, now), now.plus(KEPT_FOR));
        }
        noteOldest(audience, now);
    }

    /** {@return whether no later change of its key came, of which the receipt would be overtaken} */
    private boolean isNewest(QueuedChange queued, long place) {
        var known = known(queued.getKey());
        return !QueuedChanges.isPublic(queued) || known != null && known.getPlace() == place;
    }

    /** A REMOVE that the platform did not carry out yet goes to the end of the queue; its receipt waits with it. */
    private void waitLonger(String audience, long place, QueuedChange queued, Instant now) {
        long later = enqueue(audience, queued, now.plus(KEPT_FOR));
        var known = known(queued.getKey());
        if (known != null && known.getPlace() == place) {
            known.setPlace(later);
            put(RowKeys.change(queued.getKey()), row -> row.setChange(known));
        }
    }

    private void answer(QueuedChange queued, Batch batch, Settlement settlement, Sent sent, Instant now) {
        var refusal = queued.getIdentifiers().stream()
                .map(one -> settlement.refused().get(Identifier.parse(one)))
                .filter(reason -> reason != null)
                .findFirst();
        boolean wasSent = sent.hasPartOf(queued);
        var status = refusal.isPresent() ? ReceiptStatus.REFUSED : ReceiptStatus.ACCEPTED;
        var reason = refusal.orElseGet(() -> wasSent ? null : unsent(batch.audience(), queued));
        tell(queued, batch.audience(), status, reason, wasSent ? batch.madeAt() : null, now);
    }

    private String unsent(String audience, QueuedChange queued) {
        boolean shared = queued.getIdentifiers().stream()
                .map(one -> rows.get(RowKeys.membership(audience, one)))
                .anyMatch(row -> row != null && row.getMembership().getOwners() > 0);
        return shared ? SHARED : NOT_A_MEMBER;
    }

    private void present(String audience, Identifier identifier, boolean present) {
        var key = RowKeys.membership(audience, identifier.text());
        var row = rows.get(key);
        var was = row == null ? new Membership(0, false) : row.getMembership();
        if (was.getPresent() != present) {
            count(audience, present ? 1 : -1, 0);
        }
        if (was.getOwners() == 0 && !present) {
            rows.delete(key);
        } else {
            put(key, next -> next.setMembership(new Membership(was.getOwners(), present)));
        }
    }

    /** After a batch the first of the queue is another one; behind those that wait longer there may be one that does not. */
    private void noteOldest(String audience, Instant now) {
        queues.remove(audience, AudienceQueue.EMPTY);
        var oldest = new long[] {Long.MAX_VALUE};
        scanQueue(audience, Long.MAX_VALUE, (place, queued) -> {
            oldest[0] = Math.min(oldest[0], millis(queued.getQueuedAt()));
            queues.computeIfPresent(audience, (a, queue) -> queue.since(oldest[0]));
            return queued.getQueuedAt().isAfter(now);
        });
    }

    /** What of a batch is in the sense of a change: another customer's ADD of the same address is no part of a REMOVE. */
    private static final class Sent {
        private final Set<String> adds = new HashSet<>();
        private final Set<String> removes = new HashSet<>();

        Sent(Batch batch) {
            batch.adds().forEach(one -> adds.add(one.text()));
            batch.removes().forEach(one -> removes.add(one.text()));
        }

        boolean hasPartOf(QueuedChange queued) {
            return queued.getIdentifiers().stream().anyMatch(removes::contains)
                    || (queued.getAdd() && queued.getIdentifiers().stream().anyMatch(adds::contains));
        }
    }

    private interface QueueVisitor {
        boolean visit(long place, QueuedChange queued);
    }

    private void scanQueue(String audience, long through, QueueVisitor visitor) {
        var prefix = RowKeys.queue(audience);
        var front = RowKeys.queued(audience, fronts.getOrDefault(audience, 0L));
        rows.scan(prefix, front, (key, row) -> {
            long place = Long.parseLong(key.substring(prefix.length()), 16);
            return place <= through && visitor.visit(place, row.getQueued());
        });
    }

    /** Every address that is wanted in an audience, in order. */
    public void wanted(String audience, Consumer<Identifier> taker) {
        var prefix = RowKeys.memberships(audience);
        rows.scan(prefix, prefix, (key, row) -> {
            if (row.getMembership().getOwners() > 0) {
                taker.accept(Identifier.parse(key.substring(prefix.length())));
            }
            return true;
        });
    }

    /** How many addresses each audience has, as far as the platform has answered. */
    public Map<String, Long> members() {
        var members = new TreeMap<String, Long>();
        rows.scan(RowKeys.TALLY, RowKeys.TALLY, (key, row) -> {
            members.put(RowKeys.audienceOf(key), row.getTally().getMembers());
            return true;
        });
        return members;
    }

    /** Whether an audience of so many addresses is used by the platform. */
    public boolean isEffective(long members) {
        return members >= leastMembers;
    }

    private AudienceTally tally(String audience) {
        return tallies.computeIfAbsent(audience, unknown -> {
            var row = rows.get(RowKeys.tally(audience));
            return row == null ? new AudienceTally(0L, 0L) : row.getTally();
        });
    }

    private void count(String audience, long members, long places) {
        var now = tally(audience);
        var next = new AudienceTally(now.getMembers() + members, now.getNextPlace() + places);
        tallies.put(audience, next);
        put(RowKeys.tally(audience), row -> row.setTally(next));
    }

    private void tell(
            QueuedChange queued, String audience, ReceiptStatus status, String reason, Instant sent, Instant answered) {
        long members = audience.isEmpty() ? 0 : tally(audience).getMembers();
        receipts.accept(
                Receipts.of(platform, queued, audience, status, reason, members, isEffective(members), sent, answered));
    }

    private KnownChange known(String key) {
        var row = rows.get(RowKeys.change(key));
        return row == null ? null : row.getChange();
    }

    private void put(String key, Consumer<ActivationState> part) {
        var row = new ActivationState();
        part.accept(row);
        rows.put(key, row);
    }

    private static Set<String> texts(Set<Identifier> identifiers) {
        return identifiers.stream().map(Identifier::text).collect(Collectors.toCollection(TreeSet::new));
    }

    private static long millis(Instant instant) {
        return instant.toEpochMilli();
    }
}
