package io.touchpoint.sandbox.data;

import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * Real answers of passengers of San Francisco airport, as survey responses: NPS (2017 only), CSAT ("the airport as a
 * whole") and CES (finding the way, passing security, getting there). Respondents are anonymous and none answers twice,
 * so each is a customer of their own, and none is a customer of the retail history.
 *
 * <p>The day is that of the interview. The files of 2014, 2015 and 2017 give the day of the month only; it is May, as in
 * 2016. The time of day is made up: it runs through the day with the number of the respondent.
 */
public final class SurveyHistory implements EventSource {

    private static final String SOURCE = "sfo-survey";

    private static final ZoneId AIRPORT_ZONE = ZoneId.of("America/Los_Angeles");
    private static final DateTimeFormatter FULL_DATE = DateTimeFormatter.ofPattern("MM/dd/uuuu");
    private static final int MONTH = 5;
    private static final LocalTime FIRST_INTERVIEW = LocalTime.of(6, 0);
    private static final int INTERVIEWING_SECONDS = 16 * 60 * 60;
    private static final int STEP_SECONDS = 37;
    private static final Map<String, String> CHANNELS = Map.of("1", "gate", "2", "mail", "3", "online");

    private record Question(int column, SurveyKind kind, String suffix, String touchpoint, int min, int max) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question(4, SurveyKind.NPS, "nps", "airport", 0, 10),
            new Question(5, SurveyKind.CSAT, "csat", "airport", 1, 5),
            new Question(6, SurveyKind.CES, "ces-finding", "airport-wayfinding", 1, 5),
            new Question(7, SurveyKind.CES, "ces-security", "airport-security", 1, 5),
            new Question(8, SurveyKind.CES, "ces-access", "airport-access", 1, 5));

    private record Answer(String id, String respondent, Instant at, String channel, Question question, int score) {}

    private final List<Answer> answers;
    private final int respondents;
    private final Map<String, Integer> unanswered;

    private SurveyHistory(List<Answer> answers, int respondents, Map<String, Integer> unanswered) {
        this.answers = answers;
        this.respondents = respondents;
        this.unanswered = unanswered;
    }

    /**
     * Reads one year of the bundled file.
     *
     * @param year 2014 to 2017
     * @throws IllegalArgumentException when there is no such year
     */
    public static SurveyHistory wave(int year) {
        var answers = new ArrayList<Answer>();
        var unanswered = new TreeMap<String, Integer>();
        var respondents = new int[1];
        new BundledFile("sfo-survey.csv.gz").forEach(line -> {
            if (Integer.parseInt(line.get(0)) == year) {
                respondents[0]++;
                QUESTIONS.forEach(question -> read(line, question, answers, unanswered));
            }
        });
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("survey year: " + year + " (expected: 2014 to 2017)");
        }
        answers.sort(Comparator.comparing(Answer::at).thenComparing(Answer::id));
        return new SurveyHistory(List.copyOf(answers), respondents[0], Map.copyOf(unanswered));
    }

    /** How many people were asked. */
    public int respondents() {
        return respondents;
    }

    /**
     * How many gave no score, by question ("nps", "csat", "ces-finding", "ces-security", "ces-access"): left blank, not
     * applicable, or a code outside of the scale.
     */
    public Map<String, Integer> unanswered() {
        return unanswered;
    }

    @Override
    public Stream<TouchpointEvent> events(TimeShift shift) {
        return answers.stream().map(answer -> TouchpointEvent.of(response(answer, shift)));
    }

    @Override
    public Instant lastAt() {
        return answers.get(answers.size() - 1).at();
    }

    private static void read(CSVRecord line, Question question, List<Answer> answers, Map<String, Integer> unanswered) {
        var score = score(line.get(question.column()), question);
        if (score < question.min()) {
            unanswered.merge(question.suffix(), 1, Integer::sum);
            return;
        }
        var respondent = "sfo-" + line.get(0) + "-" + line.get(1);
        answers.add(new Answer(
                respondent + "-" + question.suffix(), respondent, at(line), channel(line.get(3)), question, score));
    }

    /** The score, or less than the scale's least when the code is none: 0, 6, 11, an empty field, "Blank". */
    private static int score(String code, Question question) {
        if (code.isEmpty() || !code.chars().allMatch(Character::isDigit)) {
            return question.min() - 1;
        }
        var score = Integer.parseInt(code);
        return score >= question.min() && score <= question.max() ? score : question.min() - 1;
    }

    private static String channel(String method) {
        return CHANNELS.getOrDefault(method, "unknown");
    }

    private static Instant at(CSVRecord line) {
        var date = line.get(2);
        var day = date.contains("/")
                ? LocalDate.parse(date.substring(0, date.indexOf(' ')), FULL_DATE)
                : LocalDate.of(Integer.parseInt(line.get(0)), MONTH, Integer.parseInt(date));
        var second = Long.parseLong(line.get(1)) * STEP_SECONDS % INTERVIEWING_SECONDS;
        return day.atTime(FIRST_INTERVIEW)
                .plusSeconds(second)
                .atZone(AIRPORT_ZONE)
                .toInstant();
    }

    private static SurveyResponse response(Answer answer, TimeShift shift) {
        var question = answer.question();
        var response = new SurveyResponse();
        response.setEventId(answer.id());
        response.setCustomerId(answer.respondent());
        response.setOccurredAt(shift.apply(answer.at()));
        response.setSource(SOURCE);
        response.setResponseId(answer.id());
        response.setKind(question.kind());
        response.setScore(answer.score());
        response.setScaleMin(question.min());
        response.setScaleMax(question.max());
        response.setHigherIsBetter(true);
        response.setTouchpoint(question.touchpoint());
        response.setChannel(answer.channel());
        return response;
    }
}
