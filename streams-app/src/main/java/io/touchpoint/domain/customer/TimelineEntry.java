package io.touchpoint.domain.customer;

import java.time.Instant;

/**
 * Something that happened to a customer, as far as it is kept.
 *
 * @param at when
 * @param kind such as {@code order-paid}, {@code ad-click}, {@code ticket-opened} or {@code survey-nps}
 * @param subject the id of the order, click, ticket or answer; null where there is none
 * @param detail for people: products, campaign, topic or score; empty when there is nothing to say
 */
public record TimelineEntry(Instant at, String kind, String subject, String detail) {}
