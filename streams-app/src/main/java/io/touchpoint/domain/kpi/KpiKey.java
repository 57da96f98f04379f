package io.touchpoint.domain.kpi;

import io.touchpoint.records.KpiValue;

/** Writes the keys under which KPI values are published. */
public final class KpiKey {
    private KpiKey() {}

    /**
     * {@code kpi|segment|window}, for calendar values {@code kpi|segment|period kind|period}. The segment is {@code all}
     * or {@code dimension=value}, followed by {@code /} and the currency, and by {@code /} and the attribution model, where
     * there is one.
     */
    public static String of(KpiValue value) {
        StringBuilder key = new StringBuilder(value.getKpi()).append('|').append(value.getSegmentDimension());
        if (!value.getSegmentDimension().equals(Facts.ALL)) {
            key.append('=').append(encode(value.getSegmentValue()));
        }
        if (value.getCurrency() != null) {
            key.append('/').append(value.getCurrency());
        }
        if (value.getModel() != null) {
            key.append('/').append(value.getModel());
        }
        key.append('|').append(value.getWindow());
        if (value.getPeriod() != null) {
            key.append('|').append(value.getPeriod());
        }
        return key.toString();
    }

    /** Percent-encodes the characters that separate the parts of a key. */
    public static String encode(String value) {
        StringBuilder encoded = null;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean separates = c == '|' || c == '/' || c == '=' || c == '%';
            if (separates && encoded == null) {
                encoded = new StringBuilder(value.length() + 8).append(value, 0, i);
            }
            if (encoded != null && separates) {
                encoded.append('%').append(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT));
            } else if (encoded != null) {
                encoded.append(c);
            }
        }
        return encoded == null ? value : encoded.toString();
    }

    /** The inverse of {@link #encode}. */
    public static String decode(String encoded) {
        return encoded.replace("%7C", "|")
                .replace("%2F", "/")
                .replace("%3D", "=")
                .replace("%25", "%");
    }
}
