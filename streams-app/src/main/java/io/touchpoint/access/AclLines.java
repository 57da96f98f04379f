package io.touchpoint.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** Grants as calls of Kafka's own {@code kafka-acls.sh}, for those who keep them in scripts. */
final class AclLines {

    /** What one call can say: several resources of a kind that take the same operations. */
    private record Call(ResourceType type, PatternType pattern, Set<AclOperation> operations) {}

    private AclLines() {}

    static List<String> of(List<Grant> grants, String principal, String bootstrapServers) {
        var calls = new LinkedHashMap<Call, List<String>>();
        for (var grant : grants) {
            calls.computeIfAbsent(
                            new Call(grant.on().resourceType(), grant.on().patternType(), grant.operations()),
                            any -> new ArrayList<>())
                    .add(grant.on().name());
        }
        return calls.entrySet().stream()
                .map(call -> line(call.getKey(), call.getValue(), principal, bootstrapServers))
                .toList();
    }

    private static String line(Call call, List<String> names, String principal, String bootstrapServers) {
        var line = new StringBuilder("kafka-acls.sh --bootstrap-server ")
                .append(bootstrapServers)
                .append(" --command-config admin.properties --add --allow-principal ")
                .append(quoted(principal));
        call.operations()
                .forEach(operation -> line.append(" --operation ").append(SecurityUtils.operationName(operation)));
        if (call.pattern() == PatternType.PREFIXED) {
            line.append(" --resource-pattern-type prefixed");
        }
        names.forEach(
                name -> line.append(' ').append(option(call.type())).append(' ').append(quoted(name)));
        return line.toString();
    }

    private static String option(ResourceType type) {
        return switch (type) {
            case TOPIC -> "--topic";
            case GROUP -> "--group";
            case TRANSACTIONAL_ID -> "--transactional-id";
            case UNKNOWN, ANY, CLUSTER, DELEGATION_TOKEN, USER -> throw new IllegalArgumentException(type.name());
        };
    }

    /** For a shell: names of certificates have spaces and commas. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9._:/-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
