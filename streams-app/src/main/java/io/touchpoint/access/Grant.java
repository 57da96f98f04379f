package io.touchpoint.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What somebody may do with something.
 *
 * @param on a topic, group or transactional id, by name or by what its name begins with
 * @param operations at least one; READ and WRITE include DESCRIBE
 * @param why for people; the end of "it …"
 */
public record Grant(ResourcePattern on, Set<AclOperation> operations, String why) {

    /** From any machine: what comes from where is for the network to say. */
    private static final String ANYWHERE = "*";

    /** Sorts the operations. */
    public Grant {
        operations = new TreeSet<>(operations);
    }

    static Grant of(ResourceType type, String name, Set<AclOperation> operations, String why) {
        return new Grant(new ResourcePattern(type, name, PatternType.LITERAL), operations, why);
    }

    static Grant below(ResourceType type, String prefix, Set<AclOperation> operations, String why) {
        return new Grant(new ResourcePattern(type, prefix, PatternType.PREFIXED), operations, why);
    }

    /** {@return the same without one operation; empty of them when it was the last} */
    Grant without(AclOperation operation) {
        var rest = EnumSet.copyOf(operations);
        rest.remove(operation);
        return new Grant(on, rest, why);
    }

    /** {@return what Kafka's authorizer stores, one binding an operation} */
    public List<AclBinding> bindings(String principal) {
        return operations.stream()
                .map(operation -> new AclBinding(
                        on, new AccessControlEntry(principal, ANYWHERE, operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
