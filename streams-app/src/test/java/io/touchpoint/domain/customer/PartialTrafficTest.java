package io.touchpoint.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.state.FactSum;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What one task sends to the roll-up: it depends on how often it is flushed and on how many measures and segments were touched in between, not on how
 * many events there were.
 */
class PartialTrafficTest {

    private static final List<String> CHANNELS = List.of("web", "store", "app");
    private static final List<String> COUNTRIES = List.of("DE", "FR", "GB", "US");
    private static final List<String> CAMPAIGNS = List.of("k1", "k2", "k3", "k4", "k5");
    private static final List<Long> PRICES = List.of(1_000L, 9_000L, 60_000L);
    private static final int ALIKE = CHANNELS.size() * COUNTRIES.size() * CAMPAIGNS.size() * PRICES.size();
    private static final int FLUSHES = 20;

    private final CustomerFold fold =
            new CustomerFold(Policies.countingAt(OrderStatus.PAID), Limits.DEFAULT, ZoneOffset.UTC);

    /** What was sent: records, and the sums in them. */
    private record Sent(int partials, int sums, Set<String> kinds, int facts) {}

    @Test
    void shouldSendAsManyPartialsAtTenTimesTheRate() {
        var slow = sent(1);
        var fast = sent(10);

        assertThat(fast.facts).isEqualTo(10 * slow.facts);
        assertThat(fast.partials).isEqualTo(slow.partials);
        assertThat(fast.sums).isEqualTo(slow.sums);
        assertThat(fast.kinds).isEqualTo(slow.kinds);
        // One record for each dimension, and one sum for each measure in each of its segments; of what is told ahead
        // for each month.
        assertThat(slow.partials).isEqualTo(FLUSHES * dimensions(slow.kinds));
        assertThat(slow.sums).isEqualTo(FLUSHES * slow.kinds.size());
    }

    private static boolean ahead(FactSum sum) {
        return sum.getMeasure().startsWith("clv-");
    }

    private static int dimensions(Set<String> kinds) {
        return (int) kinds.stream()
                .map(kind -> kind.substring(0, kind.indexOf('=')))
                .distinct()
                .count();
    }

    /** A click and the order it led to of so many customers of each sort in every flush, all within one minute of one's own. */
    private Sent sent(int rate) {
        var facts = new Facts();
        var told = new Told(facts);
        Set<String> kinds = new HashSet<>();
        int partials = 0;
        int sums = 0;
        for (int flush = 0; flush < FLUSHES; flush++) {
            long at = CustomerEvents.START + flush * 60_000L;
            for (int customer = 0; customer < rate * ALIKE; customer++) {
                buy(customer % ALIKE, "o" + flush + "-" + customer, at, told);
            }
            for (var partial : facts.drain(0, at)) {
                partials++;
                for (var entry : partial.getEntries()) {
                    sums += entry.getSums().size();
                    entry.getSums()
                            .forEach(sum -> kinds.add(partial.getDimension() + "=" + entry.getValue() + " "
                                    + sum.getMeasure() + (ahead(sum) ? " of " + entry.getMinute() : "")));
                }
            }
        }
        return new Sent(partials, sums, kinds, told.count);
    }

    private void buy(int sort, String order, long at, Decisions out) {
        var click = CustomerEvents.click("k-" + order, at);
        var clicked = (AdClick) click.body();
        clicked.setCampaignId(CAMPAIGNS.get(sort % CAMPAIGNS.size()));
        var paid = CustomerEvents.paid(
                order,
                at + 1_000,
                CustomerEvents.line("radio", "audio", 1, PRICES.get(sort / CAMPAIGNS.size() % PRICES.size())));
        var bought = (OrderEvent) paid.body();
        bought.setChannel(CHANNELS.get(sort / CAMPAIGNS.size() / PRICES.size() % CHANNELS.size()));
        bought.setCountry(COUNTRIES.get(sort / CAMPAIGNS.size() / PRICES.size() / CHANNELS.size() % COUNTRIES.size()));
        var customer = Customer.unknown();
        fold.apply(customer, click, out);
        fold.apply(customer, paid, out);
    }

    /** Passes facts on and counts them; the rest does not go to the roll-up. */
    private static final class Told implements Decisions {
        private final Facts facts;
        private int count;

        private Told(Facts facts) {
            this.facts = facts;
        }

        @Override
        public void fact(String measure, String dimension, String value, long eventTime, long amount) {
            count++;
            facts.add(measure, dimension, value, eventTime, amount);
        }

        @Override
        public void suppression(String key, Suppression suppression, long at) {}

        @Override
        public void audience(String key, AudienceChange change, long at) {}

        @Override
        public void dropped(Platform platform, int addresses) {}

        @Override
        public void churn(String customerId, ChurnSignal signal, long at) {}

        @Override
        public void erased(String customerId, ErasureReceipt receipt, long at) {}

        @Override
        public void credit(String key, AttributionCredit credit, long at) {}
    }
}
