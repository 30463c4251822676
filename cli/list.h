/* list.h: the columns of a list for people: `noi queue` writes it, `noi decide` reads it back. */
#ifndef NOI_CLI_LIST_H
#define NOI_CLI_LIST_H

#include "cutover/decide.h"
#include "cutover/queue.h"

/* X(name, title, width of the column in a sheet) */
#define CLI_LIST_TABLE(X)                                                                          \
    X(LIST_ID, "list_id", 14)                                                                      \
    X(LIST_ROW, "row", 6)                                                                          \
    X(LIST_KIND, "kind", 10)                                                                       \
    X(LIST_KEY, "key", 28)                                                                         \
    X(LIST_STATUS, "status", 11)                                                                   \
    X(LIST_REASON, "reason", 16)                                                                   \
    X(LIST_QUEUE, "queue", 14)                                                                     \
    X(LIST_DUE_ON, "due_on", 11)                                                                   \
    X(LIST_OVERDUE, "overdue", 12)                                                                 \
    X(LIST_KNOWN, "known", 50)                                                                     \
    X(LIST_OLD_CODE, "old_code", 9)                                                                \
    X(LIST_OLD_NAME, "old_name", 24)                                                               \
    X(LIST_CANDIDATES, "candidates", 44)                                                           \
    X(LIST_QUESTION, "question", 40)                                                               \
    X(LIST_ANSWERS, "answers", 40)                                                                 \
    X(LIST_OFFICER, "officer", 18)                                                                 \
    X(LIST_PROPOSED, "proposed", 10)                                                               \
    X(LIST_DECISION, "decision", 26)                                                               \
    X(LIST_WHY, "why", 30)                                                                         \
    X(LIST_EVIDENCE, "evidence", 30)                                                               \
    X(LIST_OVERRIDE, "override", 20)                                                               \
    X(LIST_CHECK, "check", 14)

enum {
#define CLI_LIST_ENUM(name, title, width) name,
    CLI_LIST_TABLE(CLI_LIST_ENUM)
#undef CLI_LIST_ENUM
    LIST_COLUMNS
};

extern const char *const cli_list_titles[LIST_COLUMNS];
extern const int cli_list_widths[LIST_COLUMNS];

/* A list being written, as CSV or, by its name, as XLSX with the candidates to choose from. */
typedef struct cli_list_out cli_list_out;
NOI_MUST_CHECK noi_status cli_list_create(cli_list_out **out, const char *path);
NOI_MUST_CHECK noi_status cli_list_add(cli_list_out *list, const noi_queue_item *item);
NOI_MUST_CHECK noi_status cli_list_commit(cli_list_out *list);
void cli_list_close(cli_list_out *list); /* accepts NULL */
NOI_DEFINE_AUTO(cli_list_out, cli_list_close)

/* The rows of a list (CSV, XLSX, ODS ...); texts hang on the arena. Columns are found by their titles,
 * whatever their order; kind, key and decision must be there. */
typedef struct cli_list_rows {
    size_t n, capacity;
    noi_decide_row *items;
    noi_arena *arena;
} cli_list_rows;
NOI_MUST_CHECK noi_status cli_list_read(cli_list_rows *out, const char *path, const char *encoding,
                                        const char *layer);
void cli_list_rows_free(cli_list_rows *rows);

/* A table of officers: unit (or unit_code), kind, officer (or name); texts hang on the arena. Yours: free. */
NOI_MUST_CHECK noi_status cli_officers_read(noi_officer **out, size_t *n, noi_arena *arena,
                                            const char *path);

#endif
