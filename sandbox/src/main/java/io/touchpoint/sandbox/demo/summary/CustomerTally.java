package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.records.CustomerProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up the profiles of the customers who paid for an order. Of a profile it keeps what it adds up. */
final class CustomerTally {
    private record Buyer(int orders, List<Gross> gross, String level) {}

    private record Gross(String currency, long minor) {}

    private final Map<String, Buyer> buyers = new HashMap<>();

    /** @param profile what is known of the customer now, null for nothing */
    void take(String customer, CustomerProfile profile) {
        if (profile == null || profile.getPaidOrders() == 0) {
            buyers.remove(customer);
            return;
        }
        List<Gross> gross = profile.getRevenue().stream()
                .map(revenue -> new Gross(revenue.getCurrency(), revenue.getGrossMinor()))
                .toList();
        buyers.put(
                customer,
                new Buyer(
                        profile.getPaidOrders(), gross, profile.getChurnLevel().intern()));
    }

    Summary.Customers sums() {
        long orders = 0;
        long repeat = 0;
        SortedMap<String, Long> gross = new TreeMap<>();
        Map<String, Long> levels = new HashMap<>();
        for (Buyer buyer : buyers.values()) {
            orders += buyer.orders();
            repeat += buyer.orders() > 1 ? 1 : 0;
            buyer.gross().forEach(each -> gross.merge(each.currency(), each.minor(), Long::sum));
            levels.merge(buyer.level(), 1L, Long::sum);
        }
        return new Summary.Customers(buyers.size(), repeat, orders, gross, levels);
    }
}
