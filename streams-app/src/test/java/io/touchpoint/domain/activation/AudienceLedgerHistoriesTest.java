package io.touchpoint.domain.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.MembershipChange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random changes of customers who share addresses, with flushes, crashes and stale changes in between: in the end the platform has who is
 * wanted and nobody else. What is wanted is computed from the changes alone.
 */
class AudienceLedgerHistoriesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int CUSTOMERS = 12;
    private static final int ADDRESSES = 8;
    private static final int STEPS = 400;

    /** What a crash can leave: the rows of the last commit, and the changes that were not committed, to be read again. */
    private HeapRows committed = new HeapRows();

    private HeapRows live = committed;
    private AudienceLedger ledger;

    private final Map<String, Set<Identifier>> platform = new HashMap<>();
    private final Map<String, AudienceChange> newest = new HashMap<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final Map<String, Integer> revisions = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void shouldEndWithExactlyTheWantedMembers(long seed) {
        var random = new Random(seed);
        ledger = open();
        var onItsWay = new ArrayDeque<Batch>();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> apply(random);
                case 3 -> {
                    ledger.nextBatch("list", 1 + random.nextInt(6), NOW).ifPresent(batch -> {
                        committed = live.copy();
                        deliver(batch, random);
                        onItsWay.add(batch);
                    });
                }
                case 4 -> {
                    if (!onItsWay.isEmpty()) {
                        var batch = onItsWay.getLast();
                        ledger.openBatch("list")
                                .ifPresent(open -> ledger.settle(open, deliver(batch, random.nextInt(3) > 0), NOW));
                        onItsWay.clear();
                        committed = live.copy();
                    }
                }
                default -> {
                    // A crash: after a delivery, perhaps, that nobody noted.
                    onItsWay.clear();
                    ledger = open();
                    ledger.openBatch("list").ifPresent(onItsWay::add);
                }
            }
        }
        while (ledger.queues().containsKey("list")) {
            var batch = ledger.nextBatch("list", 5, NOW).orElseThrow();
            ledger.settle(batch, deliver(batch, random.nextInt(3) > 0), NOW);
        }
        assertThat(platform.getOrDefault("list", Set.of())).isEqualTo(wanted());
        assertThat(ledger.members().getOrDefault("list", 0L)).isEqualTo(wanted().size());
        assertEveryNewestChangeIsAnswered();
    }

    private AudienceLedger open() {
        live = committed.copy();
        return new AudienceLedger("google", 0, live, receipts::add);
    }

    /** Takes a change and commits, as a transaction with the offset does; now and then a stale one comes along. */
    private void apply(Random random) {
        var customer = "c" + random.nextInt(CUSTOMERS);
        boolean stale = newest.containsKey(customer) && random.nextInt(5) == 0;
        int revision = stale
                ? (int) newest.get(customer).getRevision() - 1 - random.nextInt(3)
                : revisions.merge(customer, 1 + random.nextInt(3), Integer::sum);
        var before = newest.get(customer);
        boolean add = before == null || before.getChange() == MembershipChange.REMOVE || random.nextInt(3) == 0;
        var addresses = new TreeSet<String>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            addresses.add("a" + random.nextInt(ADDRESSES) + "@x.example");
        }
        var change = Changes.change(
                customer,
                add ? MembershipChange.ADD : MembershipChange.REMOVE,
                revision,
                addresses.toArray(String[]::new));
        if (!add && before != null) {
            change.setEmailHashes(before.getEmailHashes());
        }
        if (!stale) {
            newest.put(customer, change);
        }
        ledger.apply(Changes.key(customer), change, Optional.of("list"), NOW);
        committed = live.copy();
    }

    /** A small audience lets nobody go. */
    private Settlement deliver(Batch batch, boolean letsGo) {
        var members = platform.computeIfAbsent(batch.audience(), audience -> new HashSet<>());
        members.addAll(batch.adds());
        if (!letsGo) {
            return new Settlement(Map.of(), Set.copyOf(batch.removes()));
        }
        members.removeAll(batch.removes());
        return new Settlement(Map.of(), Set.of());
    }

    /** Sometimes only half of it arrives, or nothing. */
    private void deliver(Batch batch, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> deliver(batch, true);
            case 1 -> deliver(batch, false);
            default -> {}
        }
    }

    private Set<Identifier> wanted() {
        return newest.values().stream()
                .filter(change -> change.getChange() == MembershipChange.ADD)
                .flatMap(change -> change.getEmailHashes().stream())
                .map(hash -> new Identifier(Identifier.Kind.EMAIL, hash))
                .collect(Collectors.toSet());
    }

    private void assertEveryNewestChangeIsAnswered() {
        var answered = receipts.stream()
                .filter(receipt -> receipt.value().getAnsweredAt() != null)
                .map(receipt ->
                        receipt.value().getCustomerId() + receipt.value().getRevision())
                .collect(Collectors.toSet());
        newest.values().forEach(change -> assertThat(answered).contains(change.getCustomerId() + change.getRevision()));
    }
}
