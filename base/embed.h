/* embed.h: files of the source tree that travel inside the program: SQL, reference tables, styles.
 * Names are paths from the top of the tree, "registry/sql/unit_by_code.sql". */
#ifndef NOI_BASE_EMBED_H
#define NOI_BASE_EMBED_H

#include "base/memory.h"

/* The bytes of an embedded file (static storage, followed by a NUL); p is NULL when there is none
 * of that name. */
noi_str noi_embed(const char *name);

/* Walks all embedded files whose name begins with `prefix`, in the order of their names: pass 0
 * first, then what it returned; 0 again at the end. */
size_t noi_embed_next(const char **name, noi_str *bytes, const char *prefix, size_t position);

#endif
