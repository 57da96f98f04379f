package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import java.util.Arrays;

/** The segments an order counts in, the first of them {@code all}, and what it is worth in each: in a category its lines of that category. */
final class OrderSegments {

    final String[] dimensions;
    final String[] values;
    final long[] gross;
    private int size;

    OrderSegments(PaidOrder order) {
        int most = 6 + order.lines.size();
        dimensions = new String[most];
        values = new String[most];
        gross = new long[most];
        add(Facts.ALL, "");
        add(Dimensions.CHANNEL, order.channel);
        add(Dimensions.COUNTRY, order.country);
        add(Dimensions.PLATFORM, order.platform);
        add(Dimensions.CAMPAIGN, order.campaign);
        add(Dimensions.VALUE_TIER, order.tier);
        Arrays.fill(gross, 0, size, order.gross);
        int categories = size;
        for (var line : order.lines) {
            if (line.getCategory() != null) {
                int at = categories;
                while (at < size && !values[at].equals(line.getCategory())) {
                    at++;
                }
                if (at == size) {
                    add(Dimensions.CATEGORY, line.getCategory());
                }
                gross[at] += PaidOrder.worth(line);
            }
        }
    }

    private void add(String dimension, String value) {
        if (value != null) {
            dimensions[size] = dimension;
            values[size] = value;
            size++;
        }
    }

    int size() {
        return size;
    }
}
