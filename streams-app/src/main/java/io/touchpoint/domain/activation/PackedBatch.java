package io.touchpoint.domain.activation;

import io.touchpoint.records.state.OpenBatch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Batches as bytes: ten thousand hashes as text would be more than a broker takes in one record. */
final class PackedBatch {

    private static final HexFormat HEX = HexFormat.of();
    private static final int HASH = 32;

    private PackedBatch() {}

    static OpenBatch pack(Batch batch) {
        return new OpenBatch(pack(batch.adds()), pack(batch.removes()), batch.through(), batch.madeAt());
    }

    static Batch unpack(String audience, OpenBatch batch) {
        return new Batch(
                audience,
                unpack(batch.getAdds()),
                unpack(batch.getRemoves()),
                batch.getThrough(),
                Instant.ofEpochMilli(batch.getMadeAt().toEpochMilli()));
    }

    private static ByteBuffer pack(List<Identifier> identifiers) {
        var bytes = ByteBuffer.allocate(identifiers.size() * (HASH + 1));
        for (var identifier : identifiers) {
            bytes.put((byte) identifier.kind().letter()).put(HEX.parseHex(identifier.hash()));
        }
        return bytes.flip();
    }

    private static List<Identifier> unpack(ByteBuffer packed) {
        var bytes = packed.duplicate();
        var identifiers = new ArrayList<Identifier>(bytes.remaining() / (HASH + 1));
        var hash = new byte[HASH];
        while (bytes.hasRemaining()) {
            char kind = (char) bytes.get();
            bytes.get(hash);
            identifiers.add(Identifier.parse(kind + HEX.formatHex(hash)));
        }
        return identifiers;
    }
}
