/*
 * ini.h: small settings files for people: `[section]`, `key = value`, and lines that begin with '#' or
 * ';'. UTF-8, with or without a byte order mark. Values are as written, without white space around
 * them; nothing is quoted and no line goes on in the next. Thread-safe.
 */
#ifndef NOI_BASE_INI_H
#define NOI_BASE_INI_H

#include "base/memory.h"

typedef struct noi_ini_entry {
    noi_str section; /* empty before the first [section] */
    noi_str key, value;
    int64_t line;
} noi_ini_entry;

typedef struct noi_ini {
    const char *name; /* for messages; as given */
    size_t n;
    noi_ini_entry *items; /* in the order of the file */
} noi_ini;

/* `name` and `bytes` must outlive the result, which points into them. NOI_ERR_INPUT with the line: a
 * line that is none of the three, a section without its bracket, a key twice in one section. Yours:
 * noi_ini_free. */
NOI_MUST_CHECK noi_status noi_ini_read(noi_ini **out, const char *name, noi_str bytes);
void noi_ini_free(noi_ini *ini); /* accepts NULL */
NOI_DEFINE_AUTO(noi_ini, noi_ini_free)

/* A whole number from `least` to `most`. NOI_ERR_INPUT with the line and both limits. */
NOI_MUST_CHECK noi_status noi_ini_number(int64_t *out, const noi_ini *ini,
                                         const noi_ini_entry *entry, int64_t least, int64_t most);
/* "yes" or "no". */
NOI_MUST_CHECK noi_status noi_ini_yes(bool *out, const noi_ini *ini, const noi_ini_entry *entry);

/* Takes the next word (between white space) from *rest; false at the end. */
bool noi_ini_word(noi_str *word, noi_str *rest);

#endif
