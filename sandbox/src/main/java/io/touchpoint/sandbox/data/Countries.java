package io.touchpoint.sandbox.data;

import java.util.Map;
import java.util.Optional;

/** The countries of the retail file as ISO 3166-1 alpha-2 codes. */
final class Countries {

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("Australia", "AU"),
            Map.entry("Austria", "AT"),
            Map.entry("Bahrain", "BH"),
            Map.entry("Belgium", "BE"),
            Map.entry("Bermuda", "BM"),
            Map.entry("Brazil", "BR"),
            Map.entry("Canada", "CA"),
            Map.entry("Cyprus", "CY"),
            Map.entry("Denmark", "DK"),
            Map.entry("EIRE", "IE"),
            Map.entry("Finland", "FI"),
            Map.entry("France", "FR"),
            Map.entry("Germany", "DE"),
            Map.entry("Greece", "GR"),
            Map.entry("Hong Kong", "HK"),
            Map.entry("Iceland", "IS"),
            Map.entry("Israel", "IL"),
            Map.entry("Italy", "IT"),
            Map.entry("Japan", "JP"),
            Map.entry("Korea", "KR"),
            Map.entry("Lebanon", "LB"),
            Map.entry("Lithuania", "LT"),
            Map.entry("Malta", "MT"),
            Map.entry("Netherlands", "NL"),
            Map.entry("Nigeria", "NG"),
            Map.entry("Norway", "NO"),
            Map.entry("Poland", "PL"),
            Map.entry("Portugal", "PT"),
            Map.entry("RSA", "ZA"),
            Map.entry("Singapore", "SG"),
            Map.entry("Spain", "ES"),
            Map.entry("Sweden", "SE"),
            Map.entry("Switzerland", "CH"),
            Map.entry("Thailand", "TH"),
            Map.entry("USA", "US"),
            Map.entry("United Arab Emirates", "AE"),
            Map.entry("United Kingdom", "GB"));

    private Countries() {}

    /**
     * The code of a country as the file names it. Empty for "Unspecified" and for "Channel Islands" and "West Indies",
     * which are several.
     */
    static Optional<String> code(String name) {
        return Optional.ofNullable(CODES.get(name));
    }
}
