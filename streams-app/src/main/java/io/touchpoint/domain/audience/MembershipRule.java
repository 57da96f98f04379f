package io.touchpoint.domain.audience;

import io.touchpoint.records.AdConsent;

/** When a customer is a member of a suppression audience. This is the one declaration of each rule: the page for marketers is written from them, and each has its tests. */
public enum MembershipRule {
    SUPPRESSED(
            "Each suppression is an audience on each platform: one of a product, of a category, or of all advertising. The customer is added"
                    + " when the suppression becomes active and removed when it is lifted, by a return, a cancellation, or its time.",
            "A mug is paid for: added to the audience of the mug.",
            "Another mug is paid for while the first still counts: a member already, nothing is sent. One of the two is returned: still a"
                    + " member."),
    ADDRESS_NEEDED(
            "The platform must take at least one address of the customer. Ten are sent at most, e-mail addresses first.",
            "One e-mail address and one number that no one can dial: added by the address.",
            "Only a number that no one can dial: not added."),
    CONSENT_NEEDED(
            "Addresses are sent only with consent: given in general, or to the platform by itself. UNKNOWN is no consent; in general it leaves"
                    + " the last clear word as it was, to a platform by itself it says nothing.",
            "GRANTED in general, or UNKNOWN in general and GRANTED to Meta: added, in the second case to Meta alone.",
            "UNKNOWN, and never anything else: not added."),
    DENIAL_PREVAILS(
            "DENIED in general means every platform, whatever was granted to one of them; DENIED to one platform means that one alone. Removal"
                    + " needs no consent, and follows a denial at once. Who opted out of advertising is spared by being on no list at all: not"
                    + " even for being spared is anything of theirs sent.",
            "GRANTED in general, DENIED to Meta: a member everywhere but on Meta.",
            "DENIED in general, GRANTED to Meta: a member nowhere, although all advertising is suppressed."),
    CONTACT_CHANGED(
            "The newest contact record counts. When it changes what a platform would be sent, exactly the hashes that were sent are removed"
                    + " there, then the new ones are added.",
            "Another e-mail address: removed by the old hash and added by the new one, in each audience.",
            "The same addresses in another order or spelling: nothing is sent."),
    REFRESHED(
            "Where a platform forgets what it was not sent for long, members are sent again before, at an interval that is set for the platform."
                    + " Each customer has a day of their own, so that not all come at once.",
            "A year and a half a member on Google: sent again at least once.",
            "A member on Meta, which forgets nobody: never sent again."),
    ERASED(
            "Before a customer is forgotten, they are removed from every audience. Then each key gets a null value: whoever keeps it may forget it.",
            "A member of two audiences on four platforms is erased: eight removals, each followed by its null.",
            "Someone is erased who was never a member: nothing is removed."),
    PLATFORM_OFF(
            "A platform that is taken out of the policy is sent nothing more but the removal of those it has, at each customer's next event or"
                    + " in the round that follows the restart.",
            "Meta is taken out: soon after the restart every member is removed from Meta.",
            "Google stays in: nothing changes there.");

    private final String text;
    private final String applies;
    private final String otherwise;

    MembershipRule(String text, String applies, String otherwise) {
        this.text = text;
        this.applies = applies;
        this.otherwise = otherwise;
    }

    /** {@return the rule in words} */
    public String text() {
        return text;
    }

    /** {@return a case in which something is sent by it} */
    public String applies() {
        return applies;
    }

    /** {@return a case in which nothing is} */
    public String otherwise() {
        return otherwise;
    }

    /**
     * Whether addresses may be sent: {@link #CONSENT_NEEDED}, {@link #DENIAL_PREVAILS}.
     *
     * @param general the last clear word on advertising in general
     * @param own the word on a platform by itself, UNKNOWN where there is none
     */
    public static boolean permitted(AdConsent general, AdConsent own) {
        return general != AdConsent.DENIED
                && own != AdConsent.DENIED
                && (general == AdConsent.GRANTED || own == AdConsent.GRANTED);
    }

    /**
     * The first instant after another at which members are sent again: a grid per customer, so nothing has to be remembered, and between two of them never lies more
     * than the interval.
     *
     * @param interval milliseconds
     * @param after epoch milliseconds
     */
    public static long nextRefresh(String customerId, long interval, long after) {
        long spread = (customerId.hashCode() * 0x9E3779B97F4A7C15L) >>> 1;
        long phase = spread % interval;
        return after - Math.floorMod(after - phase, interval) + interval;
    }
}
