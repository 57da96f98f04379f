package io.touchpoint.domain.customer;

import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.state.PublishedSuppression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All suppressions that follow from one state of purchases. They hold until a purchase, a return or a cancellation changes; only time passes over them. */
final class PurchaseCourses {

    /** From so many on they are looked up rather than looked through. */
    private static final int MANY = 12;

    private final long tombstoneAfter;
    private final List<PurchaseCourse> courses = new ArrayList<>();
    private final Map<String, PurchaseCourse> skus = new HashMap<>(0);
    private final Map<String, PurchaseCourse> categories = new HashMap<>(0);
    private final List<PublishedSuppression> orphans = new ArrayList<>(0);
    private long last = Long.MIN_VALUE;
    private long next = Long.MIN_VALUE;
    private boolean toTell = true;

    PurchaseCourses(long tombstoneAfter) {
        this.tombstoneAfter = tombstoneAfter;
    }

    /** {@return the suppression of this scope, a new one when there is none yet} */
    PurchaseCourse of(SuppressionScope scope, String value) {
        var course = find(scope, value);
        if (course == null) {
            course = new PurchaseCourse(scope, value, tombstoneAfter);
            courses.add(course);
            if (courses.size() == MANY) {
                courses.forEach(this::index);
            } else if (courses.size() > MANY) {
                index(course);
            }
        }
        return course;
    }

    private void index(PurchaseCourse course) {
        (course.scope() == SuppressionScope.SKU ? skus : categories).put(course.value(), course);
    }

    private PurchaseCourse find(SuppressionScope scope, String value) {
        if (courses.size() >= MANY) {
            return (scope == SuppressionScope.SKU ? skus : categories).get(value);
        }
        for (var course : courses) {
            if (course.is(scope, value)) {
                return course;
            }
        }
        return null;
    }

    List<PurchaseCourse> all() {
        return courses;
    }

    void link(List<PublishedSuppression> published) {
        for (var entry : published) {
            var scope = SuppressionNews.SCOPES[entry.getScope()];
            if (scope != SuppressionScope.ALL) {
                var course = find(scope, entry.getValue());
                if (course == null) {
                    orphans.add(entry);
                } else {
                    course.published = entry;
                }
            }
        }
    }

    /** {@return what consumers know but nothing stands behind any more, and forgets it} */
    List<PublishedSuppression> takeOrphans() {
        if (orphans.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(orphans);
        orphans.clear();
        return taken;
    }

    /** Adds the instants at which a suppression expires or may be forgotten. */
    void addTo(Deadlines deadlines) {
        if (deadlines.now() >= next) {
            var own = new Deadlines(deadlines.now());
            for (var course : courses) {
                own.add(course.until());
                own.add(course.gone());
            }
            last = own.last();
            next = own.next();
            toTell = true;
        }
        deadlines.add(last);
        deadlines.add(next);
    }

    /** {@return whether a deadline passed since the last call, or this is the first} */
    boolean takeToTell() {
        boolean told = toTell;
        toTell = false;
        return told;
    }

    /** {@return how many are active at an instant} */
    int active(long now) {
        int active = 0;
        for (var course : courses) {
            active += course.until() > now ? 1 : 0;
        }
        return active;
    }
}
