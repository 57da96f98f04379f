package io.touchpoint.serdes;

import io.touchpoint.records.OrderEvent;
import java.util.Arrays;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro create our records and nothing wider. Avro instantiates only classes of the packages listed in a system
 * property, which it reads once and early: making a record is enough. So besides setting the property, what Avro has in
 * force by then is extended. Every class here that touches Avro calls {@link #trust} from its static initialiser.
 */
public final class TrustedRecords {

    /** The package whose classes Avro may create, with its sub-packages. */
    public static final String PACKAGE = "io.touchpoint.records";

    private static final String PACKAGES = "org.apache.avro.SERIALIZABLE_PACKAGES";
    private static final String STRING_LIMIT = "org.apache.avro.limits.string.maxLength";
    private static final String BYTES_LIMIT = "org.apache.avro.limits.bytes.maxLength";
    private static final String ITEMS_LIMIT = "org.apache.avro.limits.collectionItems.maxLength";
    private static final int MAX_LENGTH = 64 * 1024 * 1024;
    private static final int MAX_ITEMS = 4 * 1024 * 1024;

    static {
        listPackage();
        extendTrust();
        // A poisoned length field would otherwise make Avro allocate up to 2 GB before it notices the end of the data.
        limit(STRING_LIMIT, MAX_LENGTH);
        limit(BYTES_LIMIT, MAX_LENGTH);
        limit(ITEMS_LIMIT, MAX_ITEMS);
    }

    private TrustedRecords() {}

    /** To be called before the first use of Avro; calling it again does nothing. */
    public static void trust() {
        // The work is done once, when the class is initialised.
    }

    private static void listPackage() {
        var listed = System.getProperty(PACKAGES);
        if (listed == null || listed.isBlank()) {
            System.setProperty(PACKAGES, PACKAGE);
        } else if (Arrays.stream(listed.split(",")).map(String::trim).noneMatch(PACKAGE::equals)) {
            System.setProperty(PACKAGES, listed + "," + PACKAGE);
        }
    }

    private static void extendTrust() {
        var inForce = ClassSecurityValidator.getGlobal();
        if (!inForce.isTrusted(OrderEvent.class)) {
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                    inForce, type -> type.getName().startsWith(PACKAGE + ".")));
        }
    }

    private static void limit(String property, int most) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(most));
        }
    }
}
