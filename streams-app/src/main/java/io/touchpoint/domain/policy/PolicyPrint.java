package io.touchpoint.domain.policy;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells policies apart by what they say: the same print for the same rules, in every process, and another where any rule or the version differs, also where somebody changed
 * a rule and forgot the version.
 */
public final class PolicyPrint {

    /** Bytes of a print. */
    public static final int LENGTH = 32;

    private PolicyPrint() {}

    /** {@return SHA-256 over all rules} */
    public static byte[] of(Policy policy) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text(policy).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Maps have no order of their own that would be the same tomorrow. */
    private static String text(Object rule) {
        if (rule instanceof Record section) {
            return Arrays.stream(section.getClass().getRecordComponents())
                    .map(component -> component.getName() + ": " + text(value(section, component)))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (rule instanceof Map<?, ?> rules) {
            return rules.entrySet().stream()
                    .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (rule instanceof Collection<?> rules) {
            return rules.stream().map(PolicyPrint::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (rule instanceof Optional<?> maybe) {
            return maybe.map(PolicyPrint::text).orElse("none");
        }
        return rule instanceof Enum<?> constant ? constant.name() : String.valueOf(rule);
    }

    private static Object value(Record section, RecordComponent component) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the rules are public records", impossible);
        }
    }
}
