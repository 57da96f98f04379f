package io.touchpoint.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellRowTest {

    @Test
    void shouldGiveBackWhatWasAdded() {
        Random random = new Random(1);
        List<List<Long>> cells = new ArrayList<>();
        cells.add(List.of(0L, 0L, 0L));
        cells.add(List.of(Long.MAX_VALUE, Long.MIN_VALUE, -1L));
        cells.add(List.of(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE));
        for (int at = 0; at < 500; at++) {
            int bits = random.nextInt(64);
            cells.add(List.of(random.nextLong() >> bits, random.nextLong() >> bits, random.nextLong() >> bits));
        }
        CellRow row = new CellRow();
        cells.forEach(cell -> row.add(cell.get(0), cell.get(1), cell.get(2)));

        List<List<Long>> read = new ArrayList<>();
        CellRow.read(row.toBytes(), (number, amount, newest) -> read.add(List.of(number, amount, newest)));

        assertThat(read).isEqualTo(cells);
    }

    @Test
    void shouldTakeFewBytesForNeighbours() {
        CellRow row = new CellRow();
        for (int day = 0; day < 32; day++) {
            row.add(Cells.number(14_775 + day, 5), 20 + day, 1_276_560_000_000L + day * 86_400_000L);
        }

        assertThat(row.toBytes().length).isLessThan(32 * 9);
    }

    @Test
    void shouldRefuseAnotherVersion() {
        assertThatThrownBy(() -> CellRow.read(new byte[] {2}, (number, amount, newest) -> {}))
                .hasMessageContaining("version 2");
    }
}
