package io.touchpoint.domain.activation;

import static io.touchpoint.domain.activation.Changes.add;
import static io.touchpoint.domain.activation.Changes.email;
import static io.touchpoint.domain.activation.Changes.emails;
import static io.touchpoint.domain.activation.Changes.key;
import static io.touchpoint.domain.activation.Changes.remove;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.AudienceEffect;
import io.touchpoint.records.MembershipChange;
import io.touchpoint.records.ReceiptStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AudienceLedgerTest {

    private static final Optional<String> LIST = Optional.of("list");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:05Z");
    private static final int MANY = 1000;

    private final HeapRows rows = new HeapRows();
    private final List<Receipt> receipts = new ArrayList<>();
    private final AudienceLedger ledger = new AudienceLedger("google", 2, rows, receipts::add);

    @Test
    void shouldAddEveryAddressOfACustomer() {
        take(add("ann", 1, "ann@x.example", "+491"));

        var batch = batch();

        assertThat(batch.adds()).hasSize(2).contains(email("ann@x.example"));
        assertThat(batch.removes()).isEmpty();
        assertThat(said()).containsExactly("ann ADD 1 SENT null");
        settle(batch);
        assertThat(said()).containsExactly("ann ADD 1 SENT null", "ann ADD 1 ACCEPTED null");
        assertThat(ledger.members()).containsEntry("list", 2L);
        assertThat(ledger.queues()).isEmpty();
    }

    @Test
    void shouldSendNothingWhenARemoveCatchesItsAdd() {
        take(add("ann", 1, "ann@x.example"));
        take(remove("ann", 2, "ann@x.example"));

        var batch = batch();

        assertThat(batch.adds()).isEmpty();
        assertThat(batch.removes()).isEmpty();
        settle(batch);
        assertThat(said()).containsExactly("ann ADD 1 SUPERSEDED null", "ann REMOVE 2 ACCEPTED NOT_A_MEMBER");
        assertThat(receipts.get(1).value().getSentAt()).isNull();
    }

    @Test
    void shouldRemoveAfterTheAddThatIsOnItsWay() {
        take(add("ann", 1, "ann@x.example"));
        var first = batch();
        take(remove("ann", 2, "ann@x.example"));

        assertThat(batch()).isEqualTo(first);
        settle(first);
        assertThat(batch().removes()).containsExactly(email("ann@x.example"));
    }

    @Test
    void shouldRemoveASharedAddressOnlyWithItsLastOwner() {
        deliver(add("ann", 1, "family@x.example"));
        deliver(add("bob", 1, "family@x.example"));

        take(remove("ann", 2, "family@x.example"));
        var kept = batch();
        assertThat(kept.removes()).isEmpty();
        settle(kept);
        assertThat(said()).last().isEqualTo("ann REMOVE 2 ACCEPTED SHARED");

        take(remove("bob", 2, "family@x.example"));
        assertThat(batch().removes()).containsExactly(email("family@x.example"));
    }

    @Test
    void shouldSayNothingMoreOfAKeptRemovalThatANewerAddOvertook() {
        deliver(add("ann", 1, "ann@x.example"));
        take(remove("ann", 2, "ann@x.example"));
        var removal = batch();
        take(add("ann", 3, "ann@x.example"));
        ledger.settle(removal, new Settlement(Map.of(), Set.copyOf(removal.removes())), NOW);
        assertThat(said()).last().isEqualTo("ann REMOVE 2 SUPERSEDED null");

        settle(batch());
        assertThat(said()).last().isEqualTo("ann ADD 3 ACCEPTED null");
        ledger.nextBatch("list", MANY, NOW.plusSeconds(600)).ifPresent(this::settle);
        assertThat(said()).last().isEqualTo("ann ADD 3 ACCEPTED null");
        assertThat(ledger.members()).containsEntry("list", 1L);
    }

    @Test
    void shouldIgnoreAnOlderRevisionAndARepetition() {
        deliver(add("ann", 5, "ann@x.example"));
        take(remove("ann", 4, "ann@x.example"));
        take(add("ann", 5, "ann@x.example"));

        assertThat(ledger.nextBatch("list", MANY, NOW)).isEmpty();
    }

    @Test
    void shouldSendAgainWhatIsRefreshed() {
        deliver(add("ann", 1, "ann@x.example"));
        take(add("ann", 2, "ann@x.example"));

        assertThat(batch().adds()).containsExactly(email("ann@x.example"));
    }

    @Test
    void shouldReplaceTheAddressesOfAChangedContact() {
        deliver(add("ann", 1, "old@x.example"));
        take(add("ann", 2, "new@x.example"));

        var batch = batch();

        assertThat(batch.adds()).containsExactly(email("new@x.example"));
        assertThat(batch.removes()).containsExactly(email("old@x.example"));
    }

    @Test
    void shouldNotForgetWhatASupersededChangeWouldHaveRemoved() {
        deliver(add("ann", 1, "first@x.example"));
        take(add("ann", 2, "second@x.example"));
        take(add("ann", 3, "third@x.example"));

        var batch = batch();

        assertThat(batch.adds()).containsExactly(email("third@x.example"));
        assertThat(batch.removes()).containsExactly(email("first@x.example"));
    }

    @Test
    void shouldTellThePlatformOfARemoveThatItKnowsNothingOf() {
        take(remove("ann", 9, "ann@x.example"));

        var batch = batch();

        assertThat(batch.removes()).containsExactly(email("ann@x.example"));
        settle(batch);
        assertThat(ledger.members()).containsEntry("list", 0L);
    }

    @Test
    void shouldRefuseWhatHasNoAudienceOrNoHash() {
        ledger.apply(key("ann"), add("ann", 1, "ann@x.example"), Optional.empty(), NOW);
        var raw = AudienceChange.newBuilder(add("bob", 1))
                .setEmailHashes(List.of("bob@x.example"))
                .build();

        assertThat(ledger.apply(key("bob"), raw, LIST, NOW)).isEqualTo(1);

        assertThat(said()).containsExactly("ann ADD 1 REFUSED NO_AUDIENCE", "bob ADD 1 REFUSED NO_HASH");
        assertThat(ledger.queues()).isEmpty();
    }

    @Test
    void shouldSayWhichMemberThePlatformRefused() {
        take(add("ann", 1, "ann@x.example"));
        take(add("bob", 1, "bob@x.example"));

        ledger.settle(batch(), new Settlement(Map.of(email("bob@x.example"), "INVALID"), Set.of()), NOW);

        assertThat(said()).endsWith("ann ADD 1 ACCEPTED null", "bob ADD 1 REFUSED INVALID");
        assertThat(ledger.members()).containsEntry("list", 1L);
    }

    @Test
    void shouldSayThatASmallAudienceHasNoEffect() {
        deliver(add("ann", 1, "ann@x.example"));
        deliver(add("bob", 1, "bob@x.example"));

        assertThat(receipts.stream()
                        .filter(receipt -> receipt.value().getStatus() == ReceiptStatus.ACCEPTED)
                        .map(receipt -> receipt.value().getEffect()))
                .containsExactly(AudienceEffect.NOT_EFFECTIVE, AudienceEffect.EFFECTIVE);
    }

    @Test
    void shouldAddToAnAudienceThatLetsNobodyGo() {
        deliver(add("ann", 1, "ann@x.example"));
        take(remove("ann", 2, "ann@x.example"));
        keepEverybody(batch());
        assertThat(said()).last().isEqualTo("ann REMOVE 2 SENT null");
        assertThat(ledger.members()).containsEntry("list", 1L);
        assertThat(ledger.queues().get("list").oldestMillis())
                .isEqualTo(NOW.plusSeconds(300).toEpochMilli());

        take(add("bob", 1, "bob@x.example"));
        assertThat(ledger.queues().get("list").oldestMillis()).isEqualTo(NOW.toEpochMilli());
        var batch = batch();

        assertThat(batch.adds()).containsExactly(email("bob@x.example"));
        assertThat(batch.removes()).containsExactly(email("ann@x.example"));
        settle(batch);
        assertThat(said()).endsWith("ann REMOVE 2 ACCEPTED null", "bob ADD 1 ACCEPTED null");
        assertThat(ledger.members()).containsEntry("list", 1L);
        assertThat(ledger.queues()).isEmpty();
    }

    @Test
    void shouldAnswerAChangeOfContactWhoseOldAddressCannotGoYet() {
        deliver(add("ann", 1, "old@x.example"));
        take(add("ann", 2, "new@x.example"));
        keepEverybody(batch());
        assertThat(said()).last().isEqualTo("ann ADD 2 ACCEPTED null");
        assertThat(ledger.members()).containsEntry("list", 2L);

        settle(batch());

        assertThat(said()).last().isEqualTo("ann ADD 2 ACCEPTED null");
        assertThat(ledger.members()).containsEntry("list", 1L);
    }

    @Test
    void shouldLetANewerChangeTakeThePlaceOfARemovalThatWaits() {
        deliver(add("ann", 1, "ann@x.example"));
        take(remove("ann", 2, "ann@x.example"));
        keepEverybody(batch());

        take(add("ann", 3, "ann@x.example"));

        assertThat(said()).last().isEqualTo("ann REMOVE 2 SUPERSEDED null");
        var batch = batch();
        assertThat(batch.removes()).isEmpty();
        settle(batch);
        assertThat(said()).last().isEqualTo("ann ADD 3 ACCEPTED null");
        assertThat(ledger.members()).containsEntry("list", 1L);
    }

    @Test
    void shouldMakeTheSameBatchAfterACrash() {
        take(add("ann", 1, "ann@x.example"));
        take(add("bob", 1, "bob@x.example"));
        var before = ledger.nextBatch("list", 1, NOW).orElseThrow();

        var after = new AudienceLedger("google", 2, rows.copy(), receipts::add);

        assertThat(after.nextBatch("list", MANY, NOW.plusSeconds(60))).contains(before);
        assertThat(after.queues()).isEqualTo(ledger.queues());
        assertThat(before.adds()).hasSize(1);
    }

    @Test
    void shouldMoveAMemberWhoseScopeGoesToAnotherAudience() {
        deliver(add("ann", 1, "ann@x.example"));
        ledger.apply(key("ann"), add("ann", 2, "ann@x.example"), Optional.of("other"), NOW);

        assertThat(batch().removes()).containsExactly(email("ann@x.example"));
        assertThat(ledger.nextBatch("other", MANY, NOW).orElseThrow().adds()).containsExactly(email("ann@x.example"));
    }

    @Test
    void shouldLeaveNothingOfWhoWasErased() {
        deliver(add("ann", 1, "ann@x.example"));
        deliver(remove("ann", 2, "ann@x.example"));
        ledger.forget(key("ann"), NOW);

        // The count of the audience stays.
        assertThat(rows.size()).isEqualTo(1);
    }

    @Test
    void shouldRemoveAtANullValueWhatIsStillAMember() {
        deliver(add("ann", 1, "ann@x.example"));
        ledger.forget(key("ann"), NOW);

        var batch = batch();

        assertThat(batch.removes()).containsExactly(email("ann@x.example"));
        settle(batch);
        assertThat(said()).last().isEqualTo("ann ADD 1 ACCEPTED null");
        assertThat(rows.size()).isEqualTo(1);
    }

    @Test
    void shouldCutBatchesAtTheirSize() {
        for (int i = 0; i < 25; i++) {
            take(add("c" + i, 1, i + "@x.example"));
        }
        var sizes = new ArrayList<Integer>();
        while (ledger.queues().containsKey("list")) {
            var batch = ledger.nextBatch("list", 10, NOW).orElseThrow();
            sizes.add(batch.adds().size());
            settle(batch);
        }
        assertThat(sizes).containsExactly(10, 10, 5);
    }

    @Test
    void shouldListWhoIsWanted() {
        deliver(add("ann", 1, "ann@x.example"));
        take(add("bob", 1, "bob@x.example"));
        take(remove("ann", 2, "ann@x.example"));
        var wanted = new ArrayList<Identifier>();

        ledger.wanted("list", wanted::add);

        assertThat(wanted).isEqualTo(emails("bob@x.example"));
    }

    private void take(AudienceChange change) {
        ledger.apply(key(change.getCustomerId()), change, LIST, NOW);
    }

    private Batch batch() {
        return ledger.nextBatch("list", MANY, NOW).orElseThrow();
    }

    private void settle(Batch batch) {
        ledger.settle(batch, new Settlement(Map.of(), Set.of()), NOW);
    }

    private void keepEverybody(Batch batch) {
        ledger.settle(batch, new Settlement(Map.of(), Set.copyOf(batch.removes())), NOW);
    }

    private void deliver(AudienceChange change) {
        take(change);
        settle(batch());
    }

    private List<String> said() {
        return receipts.stream()
                .map(Receipt::value)
                .map(value -> value.getCustomerId() + " " + MembershipChange.valueOf(value.getChange()) + " "
                        + value.getRevision() + " " + value.getStatus() + " " + value.getReason())
                .toList();
    }
}
