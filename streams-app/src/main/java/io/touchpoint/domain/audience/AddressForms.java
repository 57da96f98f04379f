package io.touchpoint.domain.audience;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** What single rules do to an address; each gives it back changed, or null when it is to be dropped. */
final class AddressForms {

    private static final String HASH_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final Pattern EMAIL = Pattern.compile("[^@]+@(?:[^@.]+\\.)+[^@.]+");
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final int HASH_DIGITS = 64;
    private static final String UNKNOWN_REGION = "ZZ";

    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

    private AddressForms() {}

    /** {@return whether this is 64 hexadecimal digits: an address that was hashed by whoever sent it} */
    static boolean isHash(String address) {
        if (address.length() != HASH_DIGITS) {
            return false;
        }
        for (int i = 0; i < HASH_DIGITS; i++) {
            char c = address.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return true;
    }

    static String trimmed(String address) {
        int from = 0;
        int to = address.length();
        while (from < to && isSpace(address.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(address.charAt(to - 1))) {
            to--;
        }
        return from == to ? null : address.substring(from, to);
    }

    static String hashed(String address) {
        if (!isHash(address)) {
            return address;
        }
        var hash = lowerCase(address);
        return hash.equals(HASH_OF_NOTHING) ? null : hash;
    }

    static String lowerCase(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    static String email(String address) {
        var name = withoutSpace(address);
        return EMAIL.matcher(name).matches() ? address : null;
    }

    static String withoutSpace(String address) {
        if (!hasSpace(address)) {
            return address;
        }
        var rest = new StringBuilder(address.length());
        for (int i = 0; i < address.length(); i++) {
            if (!isSpace(address.charAt(i))) {
                rest.append(address.charAt(i));
            }
        }
        return rest.toString();
    }

    static String oneWord(String address) {
        return hasSpace(address) ? null : address;
    }

    static String gmail(String address) {
        int at = address.indexOf('@');
        var domain = address.substring(at + 1);
        if (!domain.equals("gmail.com") && !domain.equals("googlemail.com")) {
            return address;
        }
        int plus = address.indexOf('+');
        var name = address.substring(0, plus >= 0 && plus < at ? plus : at).replace(".", "");
        return name.isEmpty() ? null : name + "@" + domain;
    }

    static String latin(String address) {
        return address.chars().allMatch(c -> c < 0x80) ? address : null;
    }

    /** Reads a number as it is dialled in a region, unless it names its country itself. */
    static String phone(String number, String region) {
        try {
            var parsed = PHONES.parse(number, region == null ? UNKNOWN_REGION : region);
            return PHONES.isValidNumber(parsed) ? PHONES.format(parsed, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null; // The message would carry the number.
        }
    }

    static String withPlus(String number) {
        return E164.matcher(number).matches() ? number : null;
    }

    static String digits(String number) {
        return E164.matcher(number).matches() ? number.substring(1) : null;
    }

    /** {@return the region of this name, null when telephone numbers of it are not known} */
    static String region(String country) {
        var region = country.strip().toUpperCase(Locale.ROOT);
        return PHONES.getSupportedRegions().contains(region) ? region : null;
    }

    private static boolean hasSpace(String address) {
        for (int i = 0; i < address.length(); i++) {
            if (isSpace(address.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
