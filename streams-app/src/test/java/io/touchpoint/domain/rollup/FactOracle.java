package io.touchpoint.domain.rollup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Computes every KPI from the list of all facts, for any clock, in the plainest way: no panes, no sums kept, and nothing
 * shared with the roll-up or the catalogue, not even the formulas.
 */
final class FactOracle {
    record Fact(String measure, String dimension, String value, long time, long amount) {}

    /** What is compared of a value. */
    record Line(Double value, double numerator, double denominator, long n, String state, long asOf) {}

    private record Window(String id, long paneMillis, int panes) {}

    /** One column each: see {@link #TABLE}. */
    private record Row(
            String id,
            double scale,
            String windows,
            String rollingDims,
            List<String> above,
            List<String> below,
            List<String> n,
            String kinds,
            String calendarDims,
            List<String> periodAbove,
            List<String> periodBelow,
            long maturityMillis) {}

    private static final long DAY = 86_400_000L;
    private static final long SCORE = 25_200_000_000L;

    private static final List<Window> WINDOWS = List.of(
            new Window("PT1H", 60_000L, 60),
            new Window("PT24H", 3_600_000L, 24),
            new Window("P7D", 3_600_000L, 168),
            new Window("P30D", DAY, 30),
            new Window("P90D", DAY, 90));

    private static final Map<Character, String> DIMENSIONS = Map.ofEntries(
            Map.entry('a', "all"),
            Map.entry('h', "channel"),
            Map.entry('p', "platform"),
            Map.entry('m', "campaign"),
            Map.entry('g', "category"),
            Map.entry('t', "touchpoint"),
            Map.entry('c', "country"),
            Map.entry('v', "value-tier"),
            Map.entry('r', "reason"),
            Map.entry('s', "step"),
            Map.entry('l', "level"),
            Map.entry('o', "cohort"));

    /**
     * id; scale; windows: all five, 30 and 90 days, a total, none; dimensions; numerator; denominator; n; kinds of period; their
     * dimensions, numerator and denominator where they differ; days to mature. C is a currency, M a model, # the count of a measure
     * in buckets, q50 a quantile of it, @ a measure per period, ! all of a measure, x4 a score in its unit four times, 0 must be none.
     */
    private static final List<Row> TABLE = Stream.of(
                    "nps;100;5;athc;nps-promoters -nps-detractors;nps-promoters nps-passives nps-detractors;;DWM",
                    "csat;100;5;athc;csat-satisfied;csat-answers;;DWM",
                    "csat-mean;1;5;athc;csat-answers x4csat-score;csat-answers;;DWM",
                    "ces;1;5;athc;ces-answers x6ces-score;ces-answers;;DWM",
                    "ces-top;100;5;athc;ces-easy;ces-answers;;DWM",
                    "response-rate;100;5;ath;invitations-answered;invitations;;DWM",
                    "orders;1;5;ahpmcgv;orders;;;DWM",
                    "revenue;1;5;ahpmcgv;revenue/C;;#order-value/C;DWM",
                    "revenue-net;1;5;ahpmcgv;revenue/C -revenue-taken/C;;#order-value/C;DWM",
                    "aov;1;5;ahpmcgv;revenue/C;#order-value/C;;DWM",
                    "aov-net;1;5;ahpmcgv;revenue/C -revenue-taken/C;#order-value/C;;DWM",
                    "aov-median;1;5;ahpmcgv;q50order-value/C;;;DWM",
                    "aov-p90;1;5;ahpmcgv;q90order-value/C;;;DWM",
                    "new-customers;1;5;achpm;new-customers;;;DWM",
                    "rpr;100;5;ahpmcgv;repeat-buyers;buyers;;DWM;ahcg;@repeat-buyers;@buyers",
                    "rpr-days;100;5;ahpmcgv;repeat-buyers-days;buyers;;DWM;ahcg;@repeat-buyers-days;@buyers",
                    "crr;100;-;ac;@retained;@retention-base;;DWM",
                    "churn-rate;100;-;ac;@retention-base -@retained;@retention-base;;DWM",
                    "churn-level;1;T;l;churn-level;;;",
                    "ltv;1;T;ac;ltv-net/C;ltv-customers/C;;M",
                    "clv;1;-;a;@clv-expected/C;@clv-customers/C;;M",
                    "cr;100;2;apm;converted-click-days;click-days;;DWM;;;;30",
                    "cac;1;2;apm;spend/C;new-customers;;DWM",
                    "cpl;1;2;apm;spend/C;leads;;DWM",
                    "lcr;100;5;apmh;leads-won;leads;;DWM",
                    "roas;1;2;apm;credit/C/M;spend/C;;DWM",
                    "romi;100;2;apm;credit-margin/C/M -spend/C 0credit-uncosted/C/M;spend/C;;DWM",
                    "drr;100;2;apm;spend/C;credit/C/M;;DWM",
                    "drr-total;100;2;apm;spend/C;revenue/C -revenue-taken/C;;DWM",
                    "leak-cost;1;5;apm;leak-cost/C;;;DWM",
                    "leak-share;100;5;apm;leak-cost/C;retargeting-cost/C;;DWM",
                    "audience-members;1;T;p;audience-members;;;",
                    "tickets-opened;1;5;ah;tickets-opened;;;DWM",
                    "tickets-open;1;T;ah;tickets-open;;;DWM",
                    "first-reply;1;5;ah;q50first-reply;;;DWM",
                    "first-reply-p90;1;5;ah;q90first-reply;;;DWM",
                    "resolution;1;5;ah;q50resolution;;;DWM",
                    "resolution-p90;1;5;ah;q90resolution;;;DWM",
                    "reopen-rate;100;5;ah;reopened;resolved;;DWM",
                    "cohort-customers;1;-;o;@cohort-customers;;;M",
                    "cohort-repeat;100;-;o;@cohort-active;!@cohort-customers;;M",
                    "cohort-net;1;-;o;@cohort-net/C;;;M",
                    "journey-steps;1;2;as;journey-steps;;;DWM",
                    "journey-gap;1;2;as;q50journey-gap;;;DWM",
                    "contactable;100;T;a;contactable;profiles;;DWM",
                    "rejected-share;100;T;ar;records-rejected;records-read;;",
                    "rejected-rate;100;5;ar;arrivals-rejected;arrivals;;DWM",
                    "delay;0.001;5;a;q50delay;;;DWM",
                    "delay-p90;0.001;5;a;q90delay;;;DWM",
                    "delay-p99;0.001;5;a;q99delay;;;DWM",
                    "records-read;1;T;a;records-read;;;",
                    "records-folded;1;T;a;records-folded;;;",
                    "records-duplicate;1;T;a;records-duplicate;;;",
                    "records-rejected;1;T;ar;records-rejected;;;")
            .map(FactOracle::row)
            .toList();

    private static final List<String> MODELS = List.of("first", "last", "linear", "time-decay", "position-based");

    final List<Fact> facts = new ArrayList<>();
    private final ZoneId zone;
    private final long graceMillis;

    FactOracle(ZoneId zone, long graceMillis) {
        this.zone = zone;
        this.graceMillis = graceMillis;
    }

    /** Every live value over a window by its key. */
    Map<String, Line> rollingAt(long clock) {
        Map<String, Line> lines = new TreeMap<>();
        each(
                (row, segment, theirs, variant) -> {
                    String key = row.id + "|" + segment + "|";
                    if (row.windows.equals("T")) {
                        lines.put(key + "PT0S", new Sums(row, theirs, variant, null).total());
                    } else if (clock > 0 && !row.windows.equals("-")) {
                        for (Window window : row.windows.equals("2") ? WINDOWS.subList(3, 5) : WINDOWS) {
                            lines.put(key + window.id, new Sums(row, theirs, variant, null).over(window, clock));
                        }
                    }
                },
                false);
        return lines;
    }

    /** Every value of a period by its key. */
    Map<String, Line> calendarAt(long clock) {
        Map<String, Line> lines = new TreeMap<>();
        if (clock == 0) {
            return lines;
        }
        each(
                (row, segment, theirs, variant) -> {
                    for (char kind : row.kinds.toCharArray()) {
                        for (LocalDate start : new Sums(row, theirs, variant, kind)
                                .periods(clock)
                                .headSet(day(clock), true)) {
                            lines.put(
                                    row.id + "|" + segment + "|" + name(kind) + "|" + period(kind, start),
                                    new Sums(row, theirs, variant, kind).in(start, clock));
                        }
                    }
                },
                true);
        return lines;
    }

    private interface Visitor {
        void visit(Row row, String segment, List<Fact> theirs, Map<String, String> variant);
    }

    private void each(Visitor visitor, boolean calendar) {
        Map<List<String>, List<Fact>> segments =
                facts.stream().collect(Collectors.groupingBy(fact -> List.of(fact.dimension, fact.value)));
        segments.forEach((segment, theirs) -> {
            for (Row row : TABLE) {
                String dims = calendar ? row.calendarDims : row.rollingDims;
                if (dims.chars().anyMatch(dim -> DIMENSIONS.get((char) dim).equals(segment.get(0)))) {
                    String name = segment.get(0).equals("all") ? "all" : segment.get(0) + "=" + segment.get(1);
                    for (String variant : variants(row, theirs, calendar)) {
                        String[] parts = (variant + "//").split("/", -1);
                        visitor.visit(
                                row,
                                name + (variant.isEmpty() ? "" : "/" + variant),
                                theirs,
                                Map.of("C", parts[0], "M", parts[1]));
                    }
                }
            }
        });
    }

    /** Currency and model of the values there are. */
    private TreeSet<String> variants(Row row, List<Fact> all, boolean calendar) {
        TreeSet<String> variants = new TreeSet<>();
        List<Fact> theirs = calendar || row.kinds.isEmpty() ? all : counting(all);
        List<String> terms = terms(row, calendar);
        boolean byCurrency = terms.stream().anyMatch(term -> term.contains("/C"));
        boolean byModel = terms.stream().anyMatch(term -> term.endsWith("/M"));
        for (String term : terms) {
            for (Fact fact : theirs) {
                String[] parts = fact.measure.replaceAll("#[^@]*", "").split("/|@");
                if (!parts[0].equals(bare(term)) || fact.measure.contains("@") != term.contains("@")) {
                    continue;
                }
                if (!byCurrency) {
                    variants.add("");
                } else if (term.endsWith("/M")) {
                    variants.add(parts[1] + "/" + parts[2]);
                } else if (term.endsWith("/C") && byModel) {
                    MODELS.forEach(model -> variants.add(parts[1] + "/" + model));
                } else if (term.endsWith("/C")) {
                    variants.add(parts[1]);
                }
            }
        }
        return variants;
    }

    /** Without the facts of a day that cancel out. */
    private List<Fact> counting(List<Fact> all) {
        Map<String, Long> sums = new TreeMap<>();
        all.forEach(fact -> sums.merge(day(fact.time) + fact.measure, fact.amount, Long::sum));
        return all.stream()
                .filter(fact -> sums.get(day(fact.time) + fact.measure) != 0)
                .toList();
    }

    private static List<String> terms(Row row, boolean calendar) {
        return Stream.of(calendar ? row.periodAbove : row.above, calendar ? row.periodBelow : row.below, row.n)
                .flatMap(List::stream)
                .toList();
    }

    private static String bare(String term) {
        return term.replaceAll("^-?(#|q\\d\\d|x\\d|0)?!?@?", "").replaceAll("/.*", "");
    }

    /** The sums of one KPI in one segment, currency and model. */
    private final class Sums {
        private final Row row;
        private final List<Fact> theirs;
        private final Map<String, String> variant;
        private final Character kind;
        private final List<String> terms;
        private final boolean byCurrency;
        private final boolean gauge;

        Sums(Row row, List<Fact> theirs, Map<String, String> variant, Character kind) {
            this.row = row;
            this.theirs = theirs;
            this.variant = variant;
            this.kind = kind;
            terms = terms(row, kind != null);
            byCurrency = terms.stream().anyMatch(term -> term.contains("/C"));
            gauge = row.windows.equals("T");
        }

        Line total() {
            long asOf = terms.stream()
                    .flatMap(term -> of(term).stream())
                    .mapToLong(Fact::time)
                    .max()
                    .orElseThrow();
            return line(fact -> true, null, asOf);
        }

        Line over(Window window, long clock) {
            long end = (clock / window.paneMillis + 1) * window.paneMillis;
            long start = end - window.panes * window.paneMillis;
            long asOf = Long.MIN_VALUE;
            for (String term : terms) {
                long newest = of(term).stream()
                        .mapToLong(Fact::time)
                        .filter(time -> time < end)
                        .max()
                        .orElse(Long.MIN_VALUE);
                if (newest >= start) {
                    asOf = Math.max(asOf, Math.max(newest, end - window.paneMillis));
                } else if (newest != Long.MIN_VALUE) {
                    long pane = Math.floorDiv(newest, window.paneMillis);
                    asOf = Math.max(asOf, (pane + window.panes) * window.paneMillis);
                }
            }
            return line(
                    fact -> fact.time >= start && fact.time < end,
                    null,
                    asOf == Long.MIN_VALUE ? end - window.paneMillis : asOf);
        }

        /** The first days of the periods that have a value. */
        TreeSet<LocalDate> periods(long clock) {
            TreeSet<LocalDate> starts = new TreeSet<>();
            for (String term : terms) {
                if (!term.contains("!") && (!byCurrency || term.contains("/C"))) {
                    Map<String, Long> sums = new TreeMap<>();
                    of(term).forEach(fact -> sums.merge(day(fact.time) + fact.measure, fact.amount, Long::sum));
                    of(term).stream()
                            .filter(fact -> sums.get(day(fact.time) + fact.measure) != 0)
                            .forEach(fact -> starts.add(start(kind, day(fact.time))));
                }
            }
            if (gauge && !starts.isEmpty()) {
                LocalDate first = starts.first();
                starts.clear();
                for (LocalDate each = first; !each.isAfter(start(kind, day(clock))); each = next(kind, each)) {
                    starts.add(each);
                }
            }
            return starts;
        }

        Line in(LocalDate start, long clock) {
            long from = millis(start);
            long end = millis(next(kind, start));
            long finalAt = end + graceMillis + row.maturityMillis;
            long newest = terms.stream()
                    .filter(term -> !term.contains("!"))
                    .flatMap(term -> of(term).stream())
                    .mapToLong(Fact::time)
                    .filter(time -> time < end && (gauge || time >= from))
                    .max()
                    .orElseThrow();
            boolean isFinal = finalAt <= clock;
            return line(
                    fact -> fact.time < end && (gauge || fact.time >= from),
                    isFinal ? "FINAL" : "PROVISIONAL",
                    Math.max(Math.max(newest, from), isFinal ? finalAt : Long.MIN_VALUE));
        }

        private Line line(java.util.function.Predicate<Fact> counts, String state, long asOf) {
            List<String> over = kind == null ? row.above : row.periodAbove;
            List<String> under = kind == null ? row.below : row.periodBelow;
            if (over.get(0).startsWith("q")) {
                return quantile(over.get(0), counts, state, asOf);
            }
            double above = sum(over, counts);
            double below = under.isEmpty() ? 1 : sum(under, counts);
            double n = !row.n.isEmpty() ? sum(row.n, counts) : under.isEmpty() ? above : below;
            boolean blocked = over.stream()
                    .filter(term -> term.startsWith("0"))
                    .anyMatch(term -> of(term).stream()
                                    .filter(counts)
                                    .mapToLong(Fact::amount)
                                    .sum()
                            != 0);
            Double value = below == 0 || blocked ? null : (Double) (row.scale * above / below);
            return new Line(value, above, below, (long) n, state, asOf);
        }

        /** Every value by itself, in a sorted list. */
        private Line quantile(String term, java.util.function.Predicate<Fact> counts, String state, long asOf) {
            Map<Double, Long> values = new TreeMap<>();
            of(term).stream()
                    .filter(counts)
                    .forEach(fact -> values.merge(
                            middle(fact.measure.substring(fact.measure.indexOf('#') + 1)), fact.amount, Long::sum));
            long n = values.values().stream().mapToLong(Long::longValue).sum();
            long rank = n > 0 ? (long) Math.ceil(Integer.parseInt(term.substring(1, 3)) * n / 100.0) : 0;
            Double value = null;
            long below = 0;
            for (Map.Entry<Double, Long> each : values.entrySet()) {
                below += each.getValue();
                if (rank > 0 && below >= rank) {
                    value = row.scale == 1 ? each.getKey() : each.getKey() / Math.round(1 / row.scale);
                    break;
                }
            }
            return new Line(value, rank, n, n, state, asOf);
        }

        private double sum(List<String> of, java.util.function.Predicate<Fact> counts) {
            double whole = 0;
            double parts = 0;
            for (String term : of) {
                long amount = of(term).stream()
                        .filter(term.contains("!") ? fact -> true : counts)
                        .mapToLong(Fact::amount)
                        .sum();
                if (term.startsWith("x")) {
                    parts += (double) ((term.charAt(1) - '0') * amount) / SCORE;
                } else if (!term.startsWith("0")) {
                    whole += term.startsWith("-") ? -amount : amount;
                }
            }
            return whole + parts;
        }

        /** The facts that a term counts. */
        private List<Fact> of(String term) {
            String id = term.replaceAll("^-?(#|q\\d\\d|x\\d|0)?!?@?", "")
                            .replace("/C", "/" + variant.get("C"))
                            .replace("/M", "/" + variant.get("M"))
                    + (term.contains("@") ? "@" + name(kind) : "");
            return theirs.stream()
                    .filter(fact -> fact.measure.replaceAll("#[^@]*", "").equals(id))
                    .toList();
        }
    }

    private static double middle(String bucket) {
        if (bucket.equals("z")) {
            return 0;
        }
        boolean negative = bucket.startsWith("-");
        int number = Integer.parseInt(negative ? bucket.substring(1) : bucket);
        return (negative ? -1 : 1) * StrictMath.pow(1.02, number - 0.5);
    }

    LocalDate day(long time) {
        return Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
    }

    long millis(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    static LocalDate start(char kind, LocalDate day) {
        return switch (kind) {
            case 'W' -> day.with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY));
            case 'M' -> day.withDayOfMonth(1);
            default -> day;
        };
    }

    private static LocalDate next(char kind, LocalDate start) {
        return switch (kind) {
            case 'W' -> start.plusDays(7);
            case 'M' -> start.plusMonths(1);
            default -> start.plusDays(1);
        };
    }

    static String name(char kind) {
        return Map.of('D', "DAY", 'W', "WEEK", 'M', "MONTH").get(kind);
    }

    private static String period(char kind, LocalDate start) {
        return switch (kind) {
            case 'W' ->
                String.format(
                        Locale.ROOT,
                        "%d-W%02d",
                        start.get(IsoFields.WEEK_BASED_YEAR),
                        start.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'M' -> String.format(Locale.ROOT, "%d-%02d", start.getYear(), start.getMonthValue());
            default -> start.toString();
        };
    }

    private static Row row(String text) {
        String[] cells = Arrays.copyOf(text.split(";", -1), 12);
        Arrays.setAll(cells, at -> cells[at] == null ? "" : cells[at]);
        return new Row(
                cells[0],
                Double.parseDouble(cells[1]),
                cells[2],
                cells[3],
                words(cells[4]),
                words(cells[5]),
                words(cells[6]),
                cells[7],
                cells[8].isEmpty() ? cells[3] : cells[8],
                words(cells[9].isEmpty() ? cells[4] : cells[9]),
                words(cells[10].isEmpty() ? cells[5] : cells[10]),
                cells[11].isEmpty() ? 0 : Long.parseLong(cells[11]) * DAY);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
