/* Fuzzes the CSV reader and the reading of values: any bytes end in rows or in one refusal, never
 * in a crash; rows come in order and hold views into the file; what is accepted is valid UTF-8. */
#include "importers/values.h"

#include "address/text.h"
#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static void read_row(const noi_csv_row *row, noi_encoding encoding, noi_arena *arena,
                     noi_buf *scratch) {
    const noi_file_kind *kind = noi_file_kind_of(NOI_IMPORT_CASES);
    const noi_reading_rules rules = {kind, encoding, false};
    noi_str fields[NOI_MAX_FIELDS] = {{0}};
    noi_value values[NOI_MAX_FIELDS];
    for (size_t i = 0; i < kind->n && i < row->n; i++)
        fields[i] = row->field[i];
    noi_row_outcome outcome = noi_values_read(values, fields, &rules, arena, scratch);
    must(outcome.field < kind->n);
    for (size_t i = 0; outcome.reason == NOI_REJECT_NONE && i < kind->n; i++)
        must(!values[i].text.p || noi_utf8_is_valid(values[i].text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    noi_str bytes = {(const char *)data, size};
    if (noi_csv_open_bytes(&csv, "fuzz.csv", bytes) != NOI_OK)
        return 0;
    NOI_AUTO(noi_arena_freep) noi_arena *arena = noi_arena_new();
    NOI_AUTO_BUF noi_buf scratch = {0};
    noi_encoding encoding = size % 2 ? NOI_ENCODING_UTF8 : NOI_ENCODING_TCVN3;
    noi_csv_row row;
    int64_t line = 1;
    while (noi_csv_next(&row, csv)) {
        must(row.line > line && row.n >= 1 && row.n <= NOI_CSV_MAX_FIELDS);
        must(row.raw.p >= bytes.p && row.raw.p + row.raw.n <= bytes.p + bytes.n);
        line = row.line;
        if (row.defect == NOI_CSV_FINE)
            read_row(&row, encoding, arena, &scratch);
        noi_arena_reset(arena);
    }
    must(noi_csv_position(csv) <= noi_csv_size(csv));
    return 0;
}
