package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.records.state.HeldLine;
import io.touchpoint.records.state.KeptOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An order that reached PAID, with what was taken back from it, as the measures see it. Not changed once it is built. */
final class PaidOrder {

    static final String UNKNOWN = "unknown";

    /** An amount that was paid back for units of a line. */
    private record Taken(HeldLine line, String currency, long amount) {}

    final String orderId;
    final String eventId;
    final long paidAt;
    final String currency;
    final String country;
    final String channel;
    /** Null where the order names none. */
    final String platform;

    final String campaign;
    /** Null where the currency has no tiers. */
    final String tier;

    final List<HeldLine> lines;
    final long gross;
    final CreditRules rules;
    private long margin;
    private int uncosted;
    private List<Taken> taken = List.of();

    PaidOrder(KeptOrder order, String eventId, long paidAt, Map<String, List<Long>> tiers, CreditRules rules) {
        this.orderId = order.getOrderId();
        this.eventId = eventId;
        this.paidAt = paidAt;
        this.currency = order.getCurrency();
        this.country = CustomerMeasures.country(order.getCountry());
        this.channel = order.getChannel();
        this.platform = order.getPlatform();
        this.campaign = order.getCampaignId();
        this.lines = order.getLines();
        this.rules = rules;
        long total = 0;
        for (var line : lines) {
            total += worth(line);
        }
        this.gross = total;
        this.margin = total;
        this.tier = tier(total, tiers.get(currency));
    }

    private static String tier(long total, List<Long> bounds) {
        if (bounds == null) {
            return null;
        }
        return total < bounds.get(0) ? "low" : total < bounds.get(1) ? "mid" : "high";
    }

    static long worth(HeldLine line) {
        return line.getQuantity() * line.getPrice();
    }

    /** While it is built: units of a line of which so many are left after all returns. */
    void hold(HeldLine line, int left) {
        if (line.getCost() != null) {
            margin -= line.getCost() * left;
        } else if (left > 0) {
            uncosted++;
        }
    }

    /** While it is built: an amount that was paid back for units of a line. */
    void take(HeldLine line, String takenIn, long amount) {
        taken = taken.isEmpty() ? new ArrayList<>(2) : taken;
        taken.add(new Taken(line, takenIn, amount));
        margin -= takenIn.equals(currency) ? amount : 0;
    }

    /** {@return whether it was built from these very lines at this time, and nothing was taken of it} */
    boolean untouched(KeptOrder order, long at, String paidBy) {
        return taken.isEmpty() && order.getLines() == lines && at == paidAt && paidBy.equals(eventId);
    }

    /** {@return whether it counts in a segment} */
    boolean in(String dimension, String value) {
        return switch (dimension) {
            case Dimensions.CHANNEL -> value.equals(channel);
            case Dimensions.COUNTRY -> value.equals(country);
            case Dimensions.PLATFORM -> value.equals(platform);
            case Dimensions.CAMPAIGN -> value.equals(campaign);
            case Dimensions.VALUE_TIER -> value.equals(tier);
            case Dimensions.CATEGORY -> {
                for (var line : lines) {
                    if (value.equals(line.getCategory())) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> true;
        };
    }

    /** {@return what was taken of a segment in a currency: of a category by its lines} */
    long taken(String takenIn, String dimension, String value) {
        long sum = 0;
        for (var each : taken) {
            if (each.currency.equals(takenIn)
                    && (!dimension.equals(Dimensions.CATEGORY) || value.equals(each.line.getCategory()))) {
                sum += each.amount;
            }
        }
        return sum;
    }

    /** {@return the currencies in which it has a value: its own, and those of returns} */
    List<String> currencies() {
        List<String> currencies = List.of(currency);
        for (var each : taken) {
            if (!currencies.contains(each.currency)) {
                currencies = new ArrayList<>(currencies);
                currencies.add(each.currency);
            }
        }
        return currencies;
    }

    /** {@return what is left of it in a currency; below zero where more was paid back than it was worth} */
    long net(String in) {
        long net = in.equals(currency) ? gross : 0;
        for (var each : taken) {
            net -= each.currency.equals(in) ? each.amount : 0;
        }
        return net;
    }

    /** {@return what is left of it in a currency less the cost of what is still held, as far as costs are known; costs are in its own currency} */
    long margin(String in) {
        return in.equals(currency) ? margin : net(in);
    }

    /** {@return lines of which something is still held and the cost is not known} */
    int uncosted() {
        return uncosted;
    }

    /** {@return whether payment, segments and worth are the same, whatever was taken} */
    boolean samePayment(PaidOrder other) {
        return paidAt == other.paidAt
                && orderId.equals(other.orderId)
                && currency.equals(other.currency)
                && country.equals(other.country)
                && channel.equals(other.channel)
                && Objects.equals(platform, other.platform)
                && Objects.equals(campaign, other.campaign)
                && (lines == other.lines || lines.equals(other.lines));
    }

    boolean same(PaidOrder other) {
        return this == other
                || samePayment(other)
                        && margin == other.margin
                        && uncosted == other.uncosted
                        && taken.equals(other.taken);
    }
}
