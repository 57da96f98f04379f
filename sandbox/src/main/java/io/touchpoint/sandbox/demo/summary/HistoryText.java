package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.records.KpiValue;
import io.touchpoint.sandbox.data.RetailHistory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came of the history, beside what is known of it from elsewhere, and what of it is real. */
public final class HistoryText {
    /** Orders that reached PAID in the retail year. */
    private static final long ORDERS = 19_213;

    /** Customers with one of those. */
    private static final long BUYERS = 4_312;

    /** Customers with two or more. */
    private static final long REPEAT_BUYERS = 2_893;

    /** Of the paid lines, in pence. */
    private static final long REVENUE_MINOR = 883_200_326;

    /** Of the airport's passengers in 2017. */
    private static final double AIRPORT_NPS = 39.8398;

    /** Passengers with a score. */
    private static final long AIRPORT_ANSWERS = 2_746;

    /** The touchpoint of their answers. */
    private static final String AIRPORT = "airport";

    private static final String ROW = "  %-34s %14s %14s";
    private static final double PENCE = 100;

    private HistoryText() {}

    /**
     * {@return the results}
     *
     * @param comparable whether nothing but the history has come in, so that the numbers must be those of the files
     */
    public static List<String> results(Summary summary, boolean comparable) {
        Summary.Customers customers = summary.customers();
        Optional<KpiValue> nps = summary.npsOf(AIRPORT).flatMap(Summary.Nps::quarter);
        long revenue = customers.grossMinor().getOrDefault(RetailHistory.CURRENCY, 0L);
        return List.of(
                text(ROW, "", "the pipeline", comparable ? "the files" : ""),
                row("customers with a paid order", whole(customers.buyers()), whole(BUYERS), comparable),
                row("  with two or more", whole(customers.repeat()), whole(REPEAT_BUYERS), comparable),
                row("paid orders", whole(customers.paidOrders()), whole(ORDERS), comparable),
                row("revenue, GBP", money(revenue), money(REVENUE_MINOR), comparable),
                row("NPS of the airport", nps.map(HistoryText::score).orElse("-"), score(AIRPORT_NPS), comparable),
                row(
                        "  answers",
                        nps.map(value -> whole(value.getN())).orElse("-"),
                        whole(AIRPORT_ANSWERS),
                        comparable));
    }

    /** {@return what is real and what is generated, in plain words} */
    public static List<String> origins() {
        return List.of(
                "Real: the purchases and returns of a British gift retailer over one year (UCI",
                "Online Retail II, CC BY 4.0) and the answers of passengers of San Francisco",
                "airport in May 2017 (DataSF, public domain). Both are moved so that they end",
                "now; the passengers are not the retailer's customers.",
                "Generated: ad clicks, support tickets, contacts and consent, invitations, the",
                "answers of the retailer's customers, and all live traffic.");
    }

    private static String row(String what, String computed, String known, boolean comparable) {
        return text(ROW, what, computed, comparable ? known : "").stripTrailing();
    }

    private static String whole(long number) {
        return text("%,d", number);
    }

    private static String money(long minor) {
        return text("%,.2f", minor / PENCE);
    }

    private static String score(KpiValue nps) {
        return nps.getValue() == null ? "-" : score(nps.getValue());
    }

    private static String score(double nps) {
        return text("%.4f", nps);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
