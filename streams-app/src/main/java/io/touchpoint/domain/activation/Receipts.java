package io.touchpoint.domain.activation;

import io.touchpoint.records.AudienceEffect;
import io.touchpoint.records.AudienceReceipt;
import io.touchpoint.records.ReceiptStatus;
import io.touchpoint.records.state.QueuedChange;
import java.time.Instant;

/** Writes receipts. */
final class Receipts {

    private Receipts() {}

    static Receipt of(
            String platform,
            QueuedChange queued,
            String audience,
            ReceiptStatus status,
            String reason,
            long members,
            boolean effective,
            Instant sent,
            Instant answered) {
        var value = AudienceReceipt.newBuilder()
                .setPlatform(platform)
                .setAudience(audience)
                .setCustomerId(queued.getCustomerId())
                .setScope(queued.getScope())
                .setScopeValue(queued.getScopeValue())
                .setChange(queued.getAdd() ? "ADD" : "REMOVE")
                .setRevision(queued.getRevision())
                .setStatus(status)
                .setReason(reason)
                .setIdentifiers(queued.getIdentifiers().size())
                .setMembers(members)
                .setEffect(effective ? AudienceEffect.EFFECTIVE : AudienceEffect.NOT_EFFECTIVE)
                .setDecidedAt(queued.getDecidedAt())
                .setSentAt(sent)
                .setAnsweredAt(answered)
                .build();
        return new Receipt(queued.getKey(), value);
    }
}
