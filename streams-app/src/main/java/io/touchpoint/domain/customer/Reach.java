package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.measure.FactSink;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.Mark;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Since when a customer can be reached, and until when: a contact record counts from its own time to that of the next one. So a period tells who could be reached
 * at its end, whatever was learned of them later.
 */
final class Reach {

    private static final int MAX_MARKS = 32;
    private static final Pattern USABLE_EMAIL = Pattern.compile("\\s*[^\\s@]+@[^\\s@]+\\.[^\\s@]+\\s*|[0-9a-fA-F]{64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int LEAST_DIGITS = 7;

    private static final Comparator<Mark> BY_TIME =
            Comparator.comparingLong(Mark::getAt).thenComparing(Mark::getEventId);

    private Reach() {}

    /** Notes a contact record, null for the withdrawal of all. */
    static void note(CustomerState state, CustomerEvent event, CustomerContact contact) {
        var marks = state.getReach();
        var mark = new Mark(contact != null && usable(contact) ? 1 : 0, event.occurredAt(), event.eventId());
        if (marks.size() == MAX_MARKS) {
            if (BY_TIME.compare(mark, marks.get(1)) < 0) {
                state.setCapped(true); // What was before the oldest mark is not known any more.
                return;
            }
            marks.remove(0);
        }
        int place = marks.size();
        while (place > 0 && BY_TIME.compare(mark, marks.get(place - 1)) < 0) {
            place--;
        }
        marks.add(place, mark);
    }

    /**
     * Tells what changed with a contact record.
     *
     * @param before the marks before it was noted, or noted anew at another time
     */
    static void tell(List<Mark> before, CustomerState state, CustomerEvent event, FactSink facts) {
        var after = state.getReach();
        // What counted before the oldest mark goes on counting when that is let go.
        boolean letGo = before.size() == MAX_MARKS
                && !before.get(0).getEventId().equals(event.eventId())
                && !after.contains(before.get(0));
        int base = letGo ? before.get(0).getStatus() : 0;
        var changes = new TreeMap<Long, Integer>();
        turns(before.subList(letGo ? 1 : 0, before.size()), base, -1, changes);
        turns(after, base, 1, changes);
        changes.forEach((at, change) -> fact(at, change, facts));
    }

    private static void turns(List<Mark> marks, int base, int sign, Map<Long, Integer> changes) {
        int status = base;
        for (var mark : marks) {
            changes.merge(mark.getAt(), sign * (mark.getStatus() - status), Integer::sum);
            status = mark.getStatus();
        }
    }

    /** Takes a customer who can be reached out of those who can, from then on. */
    static void leave(CustomerState state, long at, FactSink facts) {
        var marks = state.getReach();
        if (!marks.isEmpty()) {
            fact(at, -marks.get(marks.size() - 1).getStatus(), facts);
        }
    }

    private static void fact(long at, int change, FactSink facts) {
        if (change != 0) {
            facts.fact(Measures.CONTACTABLE.id(), Facts.ALL, "", at, change);
        }
    }

    private static boolean usable(CustomerContact contact) {
        return contact.getEmails().stream()
                        .anyMatch(email -> USABLE_EMAIL.matcher(email).matches())
                || contact.getPhones().stream().anyMatch(Reach::usablePhone);
    }

    private static boolean usablePhone(String phone) {
        return HASH.matcher(phone).matches()
                || phone.chars().filter(Character::isDigit).count() >= LEAST_DIGITS;
    }
}
