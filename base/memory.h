/*
 * memory.h: allocation, arenas, views and growing buffers.
 *
 * Out of memory ends the program through one hook: every write of noi is in a transaction, so dying
 * is safe, and no caller has to carry a branch that is never tested.
 */
#ifndef NOI_BASE_MEMORY_H
#define NOI_BASE_MEMORY_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Never return NULL (a size of 0 gives a pointer that may be freed). The memory is yours: free. */
void *noi_alloc(size_t size) __attribute__((malloc, returns_nonnull));
void *noi_alloc_zero(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *noi_realloc(void *memory, size_t size) __attribute__((returns_nonnull));
char *noi_strdup(const char *text) __attribute__((malloc, returns_nonnull));
char *noi_strndup(const char *text, size_t length) __attribute__((malloc, returns_nonnull));

/* printf into memory of its own. The text is yours: free. */
char *noi_format(const char *format, ...) NOI_PRINTF(1, 2) __attribute__((returns_nonnull));

/* Grows an array to hold at least `need` items by doubling: GROW(items, capacity, n + 1). */
#define NOI_GROW(items, capacity, need)                                                            \
    do {                                                                                           \
        size_t need_ = (need);                                                                     \
        if (need_ > (capacity)) {                                                                  \
            size_t to_ = (capacity) ? (capacity) * 2 : 16;                                         \
            (capacity) = to_ < need_ ? need_ : to_;                                                \
            (items) = noi_realloc((items), (capacity) * sizeof *(items));                          \
        }                                                                                          \
    } while (0)

/* Locals that own: `NOI_AUTO(noi_plan_closep) noi_plan *plan = NULL;`. NOI_DEFINE_AUTO makes the
 * helper that calls `f` on the variable's value. */
#define NOI_AUTO(f) __attribute__((cleanup(f)))
#define NOI_DEFINE_AUTO(type, f)                                                                   \
    static inline void f##p(type **owner) {                                                        \
        f(*owner);                                                                                 \
    }
static inline void noi_auto_freep(void *owner) {
    free(*(void **)owner);
}
#define NOI_AUTO_FREE NOI_AUTO(noi_auto_freep)

/* A view of text that somebody else owns; not NUL-terminated; p may be NULL only when n is 0. */
typedef struct noi_str {
    const char *p;
    size_t n;
} noi_str;

#define NOI_STR(literal) ((noi_str){(literal), sizeof(literal) - 1})
noi_str noi_str_of(const char *text);         /* NULL gives the empty view */
bool noi_str_eq(noi_str a, noi_str b);        /* byte equality */
bool noi_str_is(noi_str a, const char *text); /* byte equality with a C string */
noi_str noi_str_trim(noi_str text);           /* without ASCII white space and U+00A0 at both ends */
#define NOI_STR_ARG(s) (int)(s).n, (s).p      /* for "%.*s" */

/* A growing byte buffer; zero-initialised is empty. `p` is kept NUL-terminated once non-NULL. */
typedef struct noi_buf {
    char *p;
    size_t n, capacity;
} noi_buf;

void noi_buf_add(noi_buf *buf, const void *bytes, size_t n);
void noi_buf_add_str(noi_buf *buf, const char *text);
void noi_buf_add_char(noi_buf *buf, char c);
void noi_buf_printf(noi_buf *buf, const char *format, ...) NOI_PRINTF(2, 3);
void noi_buf_clear(noi_buf *buf); /* empty, keeps its memory */
void noi_buf_free(noi_buf *buf);  /* gives the memory back and zeroes the buffer */
noi_str noi_buf_view(const noi_buf *buf);
#define NOI_AUTO_BUF NOI_AUTO(noi_buf_free)

/* An arena: many small pieces that die together. Pieces are aligned to 16 bytes. */
typedef struct noi_arena noi_arena;
noi_arena *noi_arena_new(void);
void noi_arena_free(noi_arena *arena);  /* accepts NULL */
void noi_arena_reset(noi_arena *arena); /* forgets all pieces, keeps the largest block */
void *noi_arena_alloc(noi_arena *arena, size_t size) __attribute__((returns_nonnull));
char *noi_arena_strndup(noi_arena *arena, const char *text, size_t length);
char *noi_arena_format(noi_arena *arena, const char *format, ...) NOI_PRINTF(2, 3);
NOI_DEFINE_AUTO(noi_arena, noi_arena_free)

#endif
