package io.touchpoint.domain.activation;

import io.touchpoint.records.AudienceReceipt;

/** A receipt and the key of the audience change that it is for. */
public record Receipt(String key, AudienceReceipt value) {}
