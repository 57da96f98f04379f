package io.touchpoint.sandbox.traffic;

import io.touchpoint.sandbox.data.RetailHistory;
import io.touchpoint.sandbox.data.SurveyHistory;
import io.touchpoint.sandbox.data.TimeShift;
import io.touchpoint.sandbox.data.TouchpointEvent;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The year that the sandbox replays, moved so that it ends now: the retail history, the survey of 2017, and what is
 * generated around the purchases. Retail and survey are moved each on its own, so that both end within the last day.
 */
public final class SampleYear {

    private static final int SURVEY_YEAR = 2017;

    private final RetailHistory retail;
    private final SurveyHistory survey;
    private final TrafficGenerator generated;

    private SampleYear(RetailHistory retail, SurveyHistory survey, TrafficGenerator generated) {
        this.retail = retail;
        this.survey = survey;
        this.generated = generated;
    }

    /**
     * Reads the bundled files.
     *
     * @param seed of what is generated
     */
    public static SampleYear read(long seed) {
        var retail = RetailHistory.read();
        return new SampleYear(retail, SurveyHistory.wave(SURVEY_YEAR), new TrafficGenerator(seed, retail));
    }

    /** All events in their order, none after {@code now}. */
    public Stream<TouchpointEvent> endingAt(Instant now) {
        var retailShift = TimeShift.toEndAt(retail.lastAt(), now);
        var surveyShift = TimeShift.toEndAt(survey.lastAt(), now);
        return Stream.of(retail.events(retailShift), generated.events(retailShift), survey.events(surveyShift))
                .flatMap(events -> events)
                .sorted();
    }

    /** The real purchases. */
    public RetailHistory retail() {
        return retail;
    }

    /** The real answers. */
    public SurveyHistory survey() {
        return survey;
    }
}
