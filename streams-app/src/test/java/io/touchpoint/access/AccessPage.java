package io.touchpoint.access;

import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.utils.SecurityUtils;

/** Writes docs/acls.md from the grants. */
final class AccessPage {

    private AccessPage() {}

    static String text() {
        var page = new StringBuilder("""
                <!-- Generated from io.touchpoint.access.Grants; do not edit. -->
                # Who may do what

                On a cluster with an authorizer, and `allow.everyone.if.no.acl.found=false`, this is the least that each party needs. It
                is derived from the declared topics and from what the topology reads and writes. `READ` and `WRITE` include
                `DESCRIBE`; nobody needs a grant on the cluster itself, `IdempotentWrite` included, since Kafka 2.8 takes a `WRITE` on any topic for it.

                ```console
                $ touchpoint topics acls pipeline --principal pipeline=User:touchpoint
                $ touchpoint topics acls --apply --config admin.properties
                ```

                The first prints calls of `kafka-acls.sh`, the second makes the grants itself, for which its own principal must be allowed to
                alter ACLs. Below, the application id is `touchpoint`. A grant on a name that ends in `*` is one on all names that begin so.
                """);
        var grants = new Grants("touchpoint");
        for (var party : Party.values()) {
            page.append("\n## ")
                    .append(party)
                    .append("\n\nBy default `")
                    .append(party.principal())
                    .append("`: ")
                    .append(party.doc())
                    .append(".\n\n| on | may | it |\n| --- | --- | --- |\n");
            grants.of(party).stream()
                    .collect(Collectors.groupingBy(AccessPage::may, LinkedHashMap::new, Collectors.toList()))
                    .forEach((may, alike) -> page.append(
                            "| " + alike.stream().map(AccessPage::on).collect(Collectors.joining(", ")) + may));
        }
        return page.toString();
    }

    private static String on(Grant grant) {
        var on = grant.on();
        return SecurityUtils.resourceTypeName(on.resourceType()) + " `" + on.name()
                + (on.patternType() == PatternType.PREFIXED ? "*" : "") + "`";
    }

    /** What follows the names in a row; the same for many. */
    private static String may(Grant grant) {
        return " | " + grant.operations().stream().map(Enum::name).collect(Collectors.joining(", ")) + " | "
                + grant.why() + " |\n";
    }
}
