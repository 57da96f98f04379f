package io.touchpoint.domain.rollup;

import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.RollingWindow;
import io.touchpoint.domain.catalogue.Variant;
import io.touchpoint.domain.catalogue.WatchedWindow;
import io.touchpoint.domain.kpi.Segment;
import io.touchpoint.records.KpiValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Somebody who looks at values over windows whenever they may have changed, and remembers. */
public interface Onlooker {
    /** How the keys of all rows of an onlooker begin. */
    String PREFIX = "alert|";

    /** Nobody looks. */
    Onlooker NONE = new Onlooker() {
        @Override
        public List<WatchedWindow> watched() {
            return List.of();
        }

        @Override
        public Optional<Look> at(Kpi kpi, RollingWindow window, Segment segment, Variant variant) {
            return Optional.empty();
        }

        @Override
        public void passed(long clock) {
            // Nothing waits.
        }

        @Override
        public void lookAway() {
            // Nothing is seen.
        }

        @Override
        public void lookAgain() {
            // Nothing is seen.
        }

        @Override
        public void drain(PaneStore store) {
            // Nothing is remembered.
        }

        @Override
        public boolean restore(String key, byte[] row) {
            return false;
        }
    };

    /** The windows that are looked at. */
    List<WatchedWindow> watched();

    /** Who looks at a value, if anybody does. */
    Optional<Look> at(Kpi kpi, RollingWindow window, Segment segment, Variant variant);

    /** Every value that may have changed was seen as of this clock, epoch milliseconds. */
    void passed(long clock);

    /** What comes now was seen before. */
    void lookAway();

    /** What comes now is new; everything is shown once more. */
    void lookAgain();

    /** Writes what is remembered. */
    void drain(PaneStore store);

    /** Takes in a row that was written; false when it is none of them. */
    boolean restore(String key, byte[] row);

    /** Looks at one value. */
    @FunctionalInterface
    interface Look {
        /**
         * @param now the value over the window
         * @param before the value over the window before; only of what is compared
         * @param clock of the roll-up, epoch milliseconds
         */
        void see(KpiValue now, Supplier<KpiValue> before, long clock);
    }
}
