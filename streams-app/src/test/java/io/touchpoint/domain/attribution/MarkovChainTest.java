package io.touchpoint.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MarkovChainTest {

    private static final double EXACT = 1e-12;

    /**
     * Published by Bryl, Marketing Multi-Channel Attribution model with R, part 1 (2016, analyzecore.com): of three journeys, C1 → C2 → C3 → purchase, C1 and
     * C2 → C3, a third converts; without C1 a sixth would, without C2 or C3 none.
     */
    @Test
    void shouldEqualThePublishedExample() {
        var chain = MarkovChain.of(Map.of(
                List.of("C1", "C2", "C3"), new PathCount(1, 0),
                List.of("C1"), new PathCount(0, 1),
                List.of("C2", "C3"), new PathCount(0, 1)));

        assertThat(chain.conversion()).isCloseTo(1 / 3.0, within(EXACT));
        assertThat(effects(chain)).containsOnlyKeys("C1", "C2", "C3");
        assertEffect(chain, "C1", 0.5, 0.2);
        assertEffect(chain, "C2", 1, 0.4);
        assertEffect(chain, "C3", 1, 0.4);
    }

    /**
     * Published in the README of pychattr, which wraps ChannelAttribution: of three conversions A earns 1.991106 and B 1.008894, by 10,000 simulated walks. By
     * hand: half of the visits of A convert and the others go to B, from which all come back; so without B half is lost and without A all.
     */
    @Test
    void shouldEqualTheSimulationOfTheRPackage() {
        var chain = MarkovChain.of(Map.of(
                List.of("A", "B", "A", "B", "B", "A"), new PathCount(1, 0),
                List.of("A", "B", "B", "A", "A"), new PathCount(1, 0),
                List.of("A", "A"), new PathCount(1, 0)));

        assertThat(chain.conversion()).isCloseTo(1, within(EXACT));
        assertEffect(chain, "A", 1, 2 / 3.0);
        assertEffect(chain, "B", 0.5, 1 / 3.0);
        assertThat(3 * effects(chain).get("A").share()).isCloseTo(1.991106, within(0.01));
        assertThat(3 * effects(chain).get("B").share()).isCloseTo(1.008894, within(0.01));
    }

    /**
     * By hand. Six of ten paths begin with A and four with B. A is left eight times, three of them to B and one to a conversion; B seven times, twice to A
     * and three times to a conversion. So x_A = 1/8 + 3/8·x_B and x_B = 3/7 + 2/7·x_A; without A only those who begin with B and
     * convert from there remain, and without B only those of A.
     */
    @Test
    void shouldSolveAnExampleByHand() {
        var chain = MarkovChain.of(Map.of(
                List.of("A"), new PathCount(1, 2),
                List.of("A", "B"), new PathCount(2, 1),
                List.of("B"), new PathCount(1, 1),
                List.of("B", "A"), new PathCount(0, 2)));

        // x_A = 0.32 and x_B = 0.52; p = 0.6 · 0.32 + 0.4 · 0.52.
        assertThat(chain.conversion()).isCloseTo(0.4, within(EXACT));
        // Without A 0.4 · 3/7 are left, without B 0.6 · 1/8.
        double sum = 4 / 7.0 + 13 / 16.0;
        assertEffect(chain, "A", 4 / 7.0, 4 / 7.0 / sum);
        assertEffect(chain, "B", 13 / 16.0, 13 / 16.0 / sum);
    }

    @Test
    void shouldEqualTheConversionOfTheChainWithoutEachChannel() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var paths = new HashMap<List<String>, PathCount>();
            int channels = 1 + random.nextInt(8);
            for (int i = 1 + random.nextInt(12); i > 0; i--) {
                List<String> path = new ArrayList<>();
                for (int step = random.nextInt(6); step >= 0; step--) {
                    path.add("c" + random.nextInt(channels));
                }
                paths.merge(path, new PathCount(random.nextInt(4), random.nextInt(4)), PathCount::plus);
            }
            paths.put(List.of("c0"), new PathCount(1, 0));
            agrees(paths, MarkovChain.of(paths));
        }
    }

    @Test
    void shouldHaveNoSharesWhereNothingConverts() {
        var chain = MarkovChain.of(Map.of(List.of("A", "B"), new PathCount(0, 3)));

        assertThat(chain.conversion()).isZero();
        assertThat(chain.removalEffects())
                .containsExactly(new RemovalEffect("A", null, null), new RemovalEffect("B", null, null));
    }

    @Test
    void shouldRefuseWhatIsNoPath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkovChain.of(Map.of()))
                .withMessage("no path (expected: one or more)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkovChain.of(Map.of(List.of(), new PathCount(1, 0))))
                .withMessage("a path without a channel (expected: one or more)");
        assertThatIllegalArgumentException().isThrownBy(() -> new PathCount(-1, 0));
    }

    /** Walks the chain step by step, once whole and once without each channel, until hardly anybody is left. */
    static void agrees(Map<List<String>, PathCount> paths, MarkovChain chain) {
        double whole = converted(paths, null);
        assertThat(chain.conversion()).isCloseTo(whole, within(1e-9));
        double sum = 0;
        for (var effect : chain.removalEffects()) {
            assertThat(effect.effect())
                    .as(effect.channel())
                    .isCloseTo(1 - converted(paths, effect.channel()) / whole, within(1e-9))
                    .isBetween(0.0, 1.0);
            sum += effect.share();
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    private static double converted(Map<List<String>, PathCount> paths, String removed) {
        var moves = new TreeMap<String, Map<String, Double>>();
        paths.forEach((path, count) -> {
            var at = "(start)";
            for (var channel : path) {
                move(moves, at, channel, (double) count.conversions() + count.nulls());
                at = channel;
            }
            move(moves, at, "(conversion)", count.conversions());
            move(moves, at, "(null)", count.nulls());
        });
        Map<String, Double> there = Map.of("(start)", 1.0);
        double converted = 0;
        double left = 1;
        for (int step = 0; step < 20_000 && left > 1e-13; step++) {
            var next = new TreeMap<String, Double>();
            there.forEach((at, share) -> {
                double all = moves.get(at).values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                if (all > 0) {
                    moves.get(at).forEach((to, times) -> next.merge(to, share * times / all, Double::sum));
                }
            });
            converted += next.getOrDefault("(conversion)", 0.0);
            next.keySet().removeIf(to -> to.startsWith("(") || to.equals(removed));
            left = next.values().stream().mapToDouble(Double::doubleValue).sum();
            there = next;
        }
        return converted;
    }

    private static void move(Map<String, Map<String, Double>> moves, String from, String to, double times) {
        moves.computeIfAbsent(from, at -> new TreeMap<>()).merge(to, times, Double::sum);
    }

    private static Map<String, RemovalEffect> effects(MarkovChain chain) {
        var effects = new TreeMap<String, RemovalEffect>();
        chain.removalEffects().forEach(effect -> effects.put(effect.channel(), effect));
        return effects;
    }

    private static void assertEffect(MarkovChain chain, String channel, double effect, double share) {
        assertThat(effects(chain).get(channel).effect()).as(channel).isCloseTo(effect, within(EXACT));
        assertThat(effects(chain).get(channel).share()).as(channel).isCloseTo(share, within(EXACT));
    }
}
