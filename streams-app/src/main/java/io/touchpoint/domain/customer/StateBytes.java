package io.touchpoint.domain.customer;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.HeldLine;
import io.touchpoint.records.state.KeptOrder;
import io.touchpoint.records.state.Mark;
import java.util.List;

/** How many bytes a customer takes at most, without encoding it: strings as UTF-8, and for the numbers of each part the most they can need. */
final class StateBytes {

    /** With what is expected at the ends of months: of the history, and of a year after the newest purchase. */
    private static final int HEAD = 288 + 28 * 10;

    private static final int MONEY = 36;
    private static final int ORDER = 20;
    private static final int LINE = 24;
    private static final int MARK = 16;
    private static final int TAKE = 16;
    private static final int ANSWER = 48;
    private static final int TICKET = 12;
    private static final int CLICK = 40;
    private static final int CONSENT = 16;
    private static final int CONTACT = 48;
    private static final int PUBLISHED = 31;
    private static final int VOTE = 24;
    private static final int INVITATION = 24;
    private static final int TERMS = 12;
    private static final int HASH = 10;
    private static final int TEXT = 3;

    private StateBytes() {}

    static int of(CustomerState state) {
        int bytes = HEAD + text(state.getCustomerId());
        bytes +=
                MONEY * state.getPast().getMoney().size() + text(state.getPast().getFirstCountry());
        bytes +=
                HASH * (state.getForgottenOrders().size() + state.getRecentIds().size());
        bytes += TERMS * state.getTerms().size();
        for (var order : state.getOrders()) {
            bytes += of(order);
        }
        for (var take : state.getTakes()) {
            bytes += TAKE + text(take.getEventId()) + text(take.getOrderId()) + text(take.getCurrency());
            bytes += lines(take.getLines());
        }
        for (var click : state.getClicks()) {
            bytes += CLICK + text(click.getClickId()) + text(click.getEventId()) + text(click.getPlatform());
            bytes += text(click.getCampaignId()) + text(click.getSku()) + text(click.getCategory());
            bytes += text(click.getCurrency()) + text(click.getCountry());
        }
        for (var ticket : state.getTickets()) {
            bytes += TICKET + text(ticket.getTicketId()) + text(ticket.getTopic()) + text(ticket.getChannel());
            bytes += marks(ticket.getMarks())
                    + HASH * ticket.getCustomerReplies().size();
        }
        for (var invitation : state.getInvitations()) {
            bytes += INVITATION + text(invitation.getInvitationId()) + text(invitation.getEventId());
            bytes += text(invitation.getTouchpoint()) + text(invitation.getChannel());
        }
        for (var consent : state.getConsents()) {
            bytes += CONSENT + text(consent.getEventId());
        }
        for (var published : state.getPublished()) {
            bytes += PUBLISHED + text(published.getValue());
        }
        return bytes + answers(state) + contact(state) + marks(state.getReach());
    }

    private static int of(KeptOrder order) {
        int bytes = ORDER + text(order.getOrderId()) + text(order.getCurrency()) + text(order.getChannel());
        bytes += text(order.getCountry()) + text(order.getPlatform()) + text(order.getCampaignId());
        return bytes + marks(order.getMarks()) + lines(order.getLines()) + lines(order.getCountedLines());
    }

    private static int marks(List<Mark> marks) {
        int bytes = 0;
        for (var mark : marks) {
            bytes += MARK + text(mark.getEventId());
        }
        return bytes;
    }

    private static int lines(List<HeldLine> lines) {
        int bytes = 0;
        for (var line : lines) {
            bytes += LINE + text(line.getSku()) + text(line.getCategory());
        }
        return bytes;
    }

    private static int answers(CustomerState state) {
        int bytes = 0;
        for (var answer : state.getAnswers()) {
            bytes += ANSWER + text(answer.getResponseId()) + text(answer.getEventId()) + text(answer.getTouchpoint());
            bytes += text(answer.getChannel()) + text(answer.getCountry()) + text(answer.getInvitationId());
            for (var version : answer.getOlderVersions()) {
                bytes += MARK + text(version.getEventId());
            }
        }
        for (var vote : state.getVotes()) {
            bytes += VOTE + text(vote.getDimension()) + text(vote.getValue());
        }
        return bytes;
    }

    private static int contact(CustomerState state) {
        var contact = state.getContact();
        if (contact == null) {
            return 0;
        }
        int bytes = CONTACT + text(contact.getEventId()) + text(contact.getCountry());
        bytes += texts(contact.getEmails()) + texts(contact.getPhones());
        for (var consent : contact.getPlatformConsent().entrySet()) {
            bytes += text(consent.getKey()) + text(consent.getValue());
        }
        return bytes;
    }

    /** {@return by how much an event can make a state grow, what follows from it included} */
    static int growth(Object body, String eventId) {
        int id = text(eventId);
        if (body instanceof OrderEvent order) {
            int bytes = ORDER + TAKE + MARK + id + text(order.getOrderId()) + text(order.getCurrency());
            bytes += text(order.getChannel()) + text(order.getCountry()) + text(order.getPlatform());
            bytes += text(order.getCampaignId());
            for (var line : order.getLines()) {
                // Kept once or twice (PAID, and the status that counts), and published under one key.
                bytes += 2 * (LINE + text(line.getSku()) + text(line.getCategory()));
                bytes += PUBLISHED + Math.max(text(line.getSku()), text(line.getCategory()));
            }
            return bytes;
        }
        if (body instanceof AdClick click) {
            return CLICK
                    + id
                    + text(click.getClickId())
                    + text(click.getPlatform())
                    + text(click.getCampaignId())
                    + text(click.getSku())
                    + text(click.getCategory())
                    + text(click.getCurrency())
                    + text(click.getCountry());
        }
        if (body instanceof SurveyResponse survey) {
            return ANSWER
                    + MARK
                    + PUBLISHED
                    + 4 * VOTE
                    + HASH
                    + 2 * id
                    + text(survey.getResponseId())
                    + text(survey.getInvitationId())
                    + 2 * text(survey.getCountry())
                    + 2 * (text(survey.getTouchpoint()) + text(survey.getChannel()));
        }
        if (body instanceof SupportEvent support) {
            return TICKET
                    + MARK
                    + HASH
                    + PUBLISHED
                    + id
                    + text(support.getTicketId())
                    + text(support.getTopic())
                    + text(support.getChannel());
        }
        if (body instanceof SurveyInvitation invitation) {
            return INVITATION
                    + id
                    + text(invitation.getInvitationId())
                    + text(invitation.getTouchpoint())
                    + text(invitation.getChannel());
        }
        if (body instanceof CustomerContact contact) {
            int bytes = CONSENT + CONTACT + PUBLISHED + MARK + HASH + 3 * id + text(contact.getCountry());
            // Lower case may take more bytes, and a number gets its country code.
            bytes += 2 * texts(contact.getEmails()) + 2 * texts(contact.getPhones());
            for (var platform : contact.getPlatformConsent().keySet()) {
                bytes += HASH + text(platform);
            }
            return bytes;
        }
        return CONSENT + CONTACT + MARK + HASH + 3 * id;
    }

    private static int texts(List<String> texts) {
        int bytes = 0;
        for (var text : texts) {
            bytes += text(text);
        }
        return bytes;
    }

    private static int text(String text) {
        if (text == null) {
            return 1;
        }
        int bytes = TEXT + text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Both halves of a surrogate pair count as three here, one more than their character needs.
            bytes += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
        }
        return bytes;
    }
}
