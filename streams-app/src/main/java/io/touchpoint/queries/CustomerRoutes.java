package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.touchpoint.domain.customer.Customer;
import io.touchpoint.domain.customer.CustomerFold;
import io.touchpoint.domain.customer.CustomerView;
import io.touchpoint.domain.customer.TimelineEntry;
import io.touchpoint.json.JsonRecordWriter;
import io.touchpoint.topology.StoredCustomers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** Answers about one customer: {@code /api/v1/customers/{id}} and what is below it. */
final class CustomerRoutes implements Routes {

    private static final String ID = "id";
    private static final int MOST_ID_CHARACTERS = 256;
    private static final int USUAL_ENTRIES = 100;
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_IDLE = 16;

    private final StoredCustomers customers;
    private final OtherInstances others;
    private final Supplier<CustomerFold> folds;
    /** None is for several threads at once, and making one costs as much as decoding a customer. */
    private final Queue<CustomerFold> idle = new ArrayBlockingQueue<>(MOST_IDLE);

    /**
     * @param others who are asked for the customers that this instance does not have
     * @param folds makes one for each of those that ask at the same time; by the rules that the pipeline decides by
     */
    CustomerRoutes(StoredCustomers customers, OtherInstances others, Supplier<CustomerFold> folds) {
        this.customers = customers;
        this.others = others;
        this.folds = folds;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/customers/{id}", request -> answer(request, view -> json(view.profile())));
        routes.get(
                "/api/v1/customers/{id}/suppressions",
                request -> answer(request, view -> "{\"suppressions\":" + json(view.suppressions()) + "}"));
        routes.get("/api/v1/customers/{id}/churn", request -> answer(request, view -> json(view.churn())));
        routes.get("/api/v1/customers/{id}/journey", request -> {
            int most = Parameters.whole(request, "limit", USUAL_ENTRIES, 1, MOST_ENTRIES);
            answer(
                    request,
                    "?limit=" + most,
                    view -> request.jsonMapper()
                            .toJsonString(
                                    new Journey(view.timeline(most).stream()
                                            .map(Step::of)
                                            .toList()),
                                    Journey.class));
        });
    }

    /**
     * What happened, the newest first.
     *
     * @param steps each an event
     */
    record Journey(List<Step> steps) {}

    /** An event of a journey; the time as all JSON of Touchpoint shows it. */
    record Step(String at, String kind, String subject, String detail) {
        static Step of(TimelineEntry entry) {
            return new Step(JsonRecordWriter.time(entry.at()), entry.kind(), entry.subject(), entry.detail());
        }
    }

    private void answer(Context request, Function<CustomerView, String> json) {
        answer(request, "", json);
    }

    /** @param parameters of the request, from the question mark on, for another instance */
    private void answer(Context request, String parameters, Function<CustomerView, String> json) {
        var id = id(request);
        boolean forwarded = others.isForwarded(request);
        try {
            request.contentType("application/json").result(told(id, json));
        } catch (StoredCustomers.NotHereNow elsewhere) {
            if (forwarded) {
                throw elsewhere;
            }
            var owner = customers.owner(id).orElseThrow(() -> elsewhere);
            var path = request.endpoint().path.replace("{" + ID + "}", encoded(id));
            others.ask(request, owner, path + parameters);
        }
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String id(Context request) {
        var id = request.pathParam(ID);
        if (id.isBlank() || id.length() > MOST_ID_CHARACTERS || id.chars().anyMatch(Character::isISOControl)) {
            throw new Problem.Raised(Problem.badRequest("id: " + id.length() + " characters (expected: 1 to "
                    + MOST_ID_CHARACTERS + ", not blank, none of them for control)"));
        }
        return id;
    }

    private String told(String id, Function<CustomerView, String> json) {
        var customer = customers
                .find(id)
                .map(Customer::of)
                .filter(Customer::known)
                .orElseThrow(() -> new Problem.Raised(Problem.notFound("nothing is known of this customer")));
        var found = idle.poll();
        var fold = found == null ? folds.get() : found;
        var text = json.apply(fold.view(customer));
        // Not one that failed.
        idle.offer(fold);
        return text;
    }

    private static String json(SpecificRecord record) {
        return JsonRecordWriter.toJson(record);
    }

    private static String json(List<? extends SpecificRecord> records) {
        return JsonRecordWriter.toJson(records);
    }
}
