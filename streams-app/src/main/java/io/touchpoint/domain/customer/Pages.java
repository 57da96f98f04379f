package io.touchpoint.domain.customer;

import io.touchpoint.records.state.Answer;
import io.touchpoint.records.state.Click;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.KeptOrder;
import io.touchpoint.records.state.Page;
import io.touchpoint.records.state.PublishedSuppression;
import io.touchpoint.records.state.Take;
import io.touchpoint.records.state.Ticket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;

/**
 * How the state of a customer is cut into a head, which is written whenever anything changes, and pages of details that
 * hardly change any more. So what is written does not grow with all that is known of a customer.
 *
 * <p>In memory the state is whole. Each detail names its page, or 0 while it belongs to the head; whoever changes a detail
 * moves it to the head. A page that lost a detail, to the head or for good, is given up, and what is left of it belongs to
 * the head again. A new page takes in older ones up to twice its size, so that there are only as many as the logarithm of
 * the details.
 */
public final class Pages {

    private static final int HEAD = 0;
    /** Of each kind the newest stay in the head: they are the ones that change. */
    private static final int STAY = 2;

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(
                    CustomerState::getOrders,
                    CustomerState::setOrders,
                    KeptOrder::getPage,
                    (d, page) -> d.setPage(page)),
            new Kind<>(CustomerState::getTakes, CustomerState::setTakes, Take::getPage, (d, page) -> d.setPage(page)),
            new Kind<>(
                    CustomerState::getAnswers,
                    CustomerState::setAnswers,
                    Answer::getPage,
                    (d, page) -> d.setPage(page)),
            new Kind<>(
                    CustomerState::getTickets,
                    CustomerState::setTickets,
                    Ticket::getPage,
                    (d, page) -> d.setPage(page)),
            new Kind<>(
                    CustomerState::getClicks, CustomerState::setClicks, Click::getPage, (d, page) -> d.setPage(page)),
            new Kind<>(
                    CustomerState::getPublished,
                    CustomerState::setPublished,
                    PublishedSuppression::getPage,
                    (d, page) -> d.setPage(page)));

    /** One kind of detail. */
    private record Kind<T>(
            Function<CustomerState, List<T>> list,
            BiConsumer<CustomerState, List<T>> replace,
            ToIntFunction<T> page,
            ObjIntConsumer<T> assign) {

        /** Puts the details of the pages before those of the head. */
        void join(CustomerState head, Collection<CustomerState> pages) {
            var all = new ArrayList<T>();
            pages.forEach(page -> all.addAll(list.apply(page)));
            all.addAll(list.apply(head));
            replace.accept(head, all);
        }

        void count(CustomerState state, int[] counts) {
            for (var detail : list.apply(state)) {
                int number = page.applyAsInt(detail);
                if (number != HEAD) {
                    counts[index(state.getPages(), number)]++;
                }
            }
        }

        void move(CustomerState state, int from, int to) {
            for (var detail : list.apply(state)) {
                if (page.applyAsInt(detail) == from) {
                    assign.accept(detail, to);
                }
            }
        }

        int settled(CustomerState state) {
            int inHead = 0;
            for (var detail : list.apply(state)) {
                inHead += page.applyAsInt(detail) == HEAD ? 1 : 0;
            }
            return Math.max(0, inHead - STAY);
        }

        void settle(CustomerState state, int to) {
            int left = settled(state);
            for (var detail : list.apply(state)) {
                if (left > 0 && page.applyAsInt(detail) == HEAD) {
                    assign.accept(detail, to);
                    left--;
                }
            }
        }

        /** Leaves only what is of a page, and gives back the list that was there. */
        Runnable reduce(CustomerState state, int to) {
            var all = list.apply(state);
            var some = new ArrayList<T>();
            for (var detail : all) {
                if (page.applyAsInt(detail) == to) {
                    some.add(detail);
                }
            }
            replace.accept(state, some);
            return () -> replace.accept(state, all);
        }

        void copy(CustomerState from, CustomerState to, int number) {
            var some = new ArrayList<T>();
            for (var detail : list.apply(from)) {
                if (page.applyAsInt(detail) == number) {
                    some.add(detail);
                }
            }
            replace.accept(to, some);
        }
    }

    private Pages() {}

    /** Completes a head by its pages, in the order in which it names them. */
    public static void join(CustomerState head, Collection<CustomerState> pages) {
        if (!pages.isEmpty()) {
            KINDS.forEach(kind -> kind.join(head, pages));
        }
    }

    /** {@return what to store of a page} */
    public static CustomerState page(CustomerState state, int number) {
        var part = Customer.blank(0);
        KINDS.forEach(kind -> kind.copy(state, part, number));
        return part;
    }

    /** {@return what is made of the state while it holds nothing but what belongs to the head} */
    public static <R> R head(CustomerState state, Function<CustomerState, R> use) {
        if (state.getPages().isEmpty()) {
            return use.apply(state);
        }
        var restore = KINDS.stream().map(kind -> kind.reduce(state, HEAD)).toList();
        try {
            return use.apply(state);
        } finally {
            restore.forEach(Runnable::run);
        }
    }

    /** Gives up the pages that lost a detail since they were made. */
    public static void giveUpTorn(CustomerState state) {
        if (state.getPages().isEmpty()) {
            return;
        }
        var counts = new int[state.getPages().size()];
        KINDS.forEach(kind -> kind.count(state, counts));
        for (int i = counts.length - 1; i >= 0; i--) {
            if (counts[i] != state.getPages().get(i).getItems()) {
                giveUp(state, i);
            }
        }
    }

    /**
     * Moves the settled details of the head to a new page, which is then the last one, and with them those of older pages
     * that are not much larger.
     *
     * @param atLeast how many details make it worth while
     * @param number of the new page, greater than that of any before
     * @return whether there were so many
     */
    public static boolean seal(CustomerState state, int atLeast, int number) {
        int items = KINDS.stream().mapToInt(kind -> kind.settled(state)).sum();
        if (items < atLeast) {
            return false;
        }
        var pages = state.getPages();
        KINDS.forEach(kind -> kind.settle(state, number));
        while (!pages.isEmpty() && pages.get(pages.size() - 1).getItems() <= 2 * items) {
            var older = pages.remove(pages.size() - 1);
            KINDS.forEach(kind -> kind.move(state, older.getNumber(), number));
            items += older.getItems();
        }
        pages.add(new Page(number, items));
        return true;
    }

    private static void giveUp(CustomerState state, int index) {
        int number = state.getPages().remove(index).getNumber();
        KINDS.forEach(kind -> kind.move(state, number, HEAD));
    }

    private static int index(List<Page> pages, int number) {
        for (int i = 0; i < pages.size(); i++) {
            if (pages.get(i).getNumber() == number) {
                return i;
            }
        }
        throw new IllegalStateException("a detail of page " + number + ", which the state does not name");
    }
}
