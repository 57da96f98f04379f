package io.touchpoint.domain.kpi;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** A kind of period of the calendar. The days are those of a configured zone. */
public enum PeriodKind {
    /** From midnight to midnight: 23 or 25 hours where clocks change. */
    DAY {
        @Override
        public LocalDate startOf(LocalDate day) {
            return day;
        }

        @Override
        public LocalDate next(LocalDate start) {
            return start.plusDays(1);
        }

        @Override
        public String name(LocalDate start) {
            return start.toString();
        }
    },
    /** From Monday to Sunday; week 1 is the one with the year's first Thursday (ISO 8601). */
    WEEK {
        @Override
        public LocalDate startOf(LocalDate day) {
            return day.minus(day.getDayOfWeek().getValue() - 1, ChronoUnit.DAYS);
        }

        @Override
        public LocalDate next(LocalDate start) {
            return start.plusWeeks(1);
        }

        @Override
        public String name(LocalDate start) {
            return String.format(
                    Locale.ROOT,
                    "%04d-W%02d",
                    start.get(IsoFields.WEEK_BASED_YEAR),
                    start.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        }
    },
    /** From the first of a month to the last. */
    MONTH {
        @Override
        public LocalDate startOf(LocalDate day) {
            return day.withDayOfMonth(1);
        }

        @Override
        public LocalDate next(LocalDate start) {
            return start.plusMonths(1);
        }

        @Override
        public String name(LocalDate start) {
            return start.toString().substring(0, 7);
        }
    };

    /** The first day of the period that holds a day. */
    public abstract LocalDate startOf(LocalDate day);

    /** The first day of the period after the one that starts then. */
    public abstract LocalDate next(LocalDate start);

    /** The period as it stands in keys: {@code 2010-01-05}, {@code 2010-W01} or {@code 2010-01}. */
    public abstract String name(LocalDate start);
}
