package io.touchpoint.sandbox.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The category of a retail product, read from the words of its description. The published data has no categories: these
 * are ours. The first rule with one of its words in the description wins, so that a "cake stand candle" is a candle.
 */
final class ProductCategory {

    static final String OTHER = "other";

    private record Rule(String category, Set<String> words) {
        boolean matches(List<String> description) {
            return description.stream().anyMatch(words::contains);
        }
    }

    private static final List<Rule> RULES = List.of(
            rule("charges", "POSTAGE", "CARRIAGE", "CHARGES", "MANUAL", "DISCOUNT", "FEE", "ADJUSTMENT", "SAMPLES"),
            rule("christmas", "CHRISTMAS", "XMAS", "ADVENT", "SANTA", "REINDEER", "SNOWMAN"),
            rule(
                    "candles",
                    "CANDLE",
                    "CANDLES",
                    "T-LIGHT",
                    "T-LIGHTS",
                    "TLIGHT",
                    "CANDLESTICK",
                    "INCENSE",
                    "CANDLEHOLDER"),
            rule("lights", "LIGHT", "LIGHTS", "LAMP", "LANTERN", "CHANDELIER", "LAMPSHADE"),
            rule("bags", "BAG", "BAGS", "SHOPPER", "PURSE", "RUCKSACK", "TOTE", "BACKPACK"),
            rule(
                    "jewellery",
                    "NECKLACE",
                    "BRACELET",
                    "EARRINGS",
                    "RING",
                    "CHARM",
                    "BROOCH",
                    "BANGLE",
                    "HAIR",
                    "HAIRCLIP",
                    "PENDANT"),
            rule("mugs", "MUG", "MUGS", "CUP", "CUPS", "TEACUP", "TEACUPS", "BEAKER"),
            rule(
                    "kitchen",
                    "CAKE",
                    "CAKESTAND",
                    "BAKING",
                    "BOWL",
                    "BOWLS",
                    "PLATE",
                    "PLATES",
                    "TRAY",
                    "APRON",
                    "CUTLERY",
                    "TEAPOT",
                    "KITCHEN",
                    "JUG",
                    "SPOON",
                    "JAR",
                    "NAPKINS",
                    "LUNCH",
                    "RECIPE",
                    "MATCHES",
                    "TEA",
                    "COFFEE",
                    "EGG"),
            rule(
                    "stationery",
                    "CARD",
                    "CARDS",
                    "WRAP",
                    "NOTEBOOK",
                    "PENCIL",
                    "PENCILS",
                    "PEN",
                    "PAPER",
                    "TAPE",
                    "RIBBON",
                    "RIBBONS",
                    "STICKERS",
                    "ERASERS",
                    "JOURNAL",
                    "CALENDAR"),
            rule("garden", "GARDEN", "PLANTER", "PLANT", "FLOWERPOT", "TROWEL", "BIRDHOUSE", "PARASOL", "WATERING"),
            rule("toys", "DOLL", "DOLLY", "TOY", "PLAYHOUSE", "SKITTLES", "PUZZLE", "GAME", "BABUSHKA", "FELTCRAFT"),
            rule("storage", "BOX", "BOXES", "TIN", "TINS", "BASKET", "DRAWER", "CABINET", "HOOK", "HOOKS", "HANGER"),
            rule("textiles", "CUSHION", "DOORMAT", "TOWEL", "BLANKET", "QUILT", "THROW", "RUG", "DOILIES", "CURTAIN"),
            rule(
                    "decoration",
                    "DECORATION",
                    "DECORATIONS",
                    "BUNTING",
                    "GARLAND",
                    "FRAME",
                    "MIRROR",
                    "CLOCK",
                    "SIGN",
                    "WREATH",
                    "ORNAMENT",
                    "HANGING",
                    "HEART",
                    "HEARTS"));

    private ProductCategory() {}

    /** Reads the category from a description; {@value #OTHER} when no word tells. */
    static String of(String description) {
        var words = Arrays.asList(description.toUpperCase(Locale.ROOT).split("[^A-Z-]+"));
        return RULES.stream()
                .filter(rule -> rule.matches(words))
                .map(Rule::category)
                .findFirst()
                .orElse(OTHER);
    }

    private static Rule rule(String category, String... words) {
        return new Rule(category, Set.of(words));
    }
}
