/* memory.c: allocation that does not fail, views, buffers and arenas; see memory.h. */
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Noreturn void out_of_memory(size_t size) {
    fprintf(stderr, "noi: out of memory (%zu bytes wanted); nothing of this step was stored\n",
            size);
    _Exit(5);
}

void *noi_alloc(size_t size) {
    void *memory = malloc(size ? size : 1);
    if (!memory)
        out_of_memory(size);
    return memory;
}

void *noi_alloc_zero(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory)
        out_of_memory(count * size);
    return memory;
}

void *noi_realloc(void *old, size_t size) {
    void *memory = realloc(old, size ? size : 1);
    if (!memory)
        out_of_memory(size);
    return memory;
}

char *noi_strndup(const char *text, size_t length) {
    char *copy = noi_alloc(length + 1);
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *noi_strdup(const char *text) {
    return noi_strndup(text, strlen(text));
}

char *noi_format(const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = noi_alloc(n < 0 ? 1 : (size_t)n + 1);
    text[0] = '\0';
    if (n >= 0)
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}

noi_str noi_str_of(const char *text) {
    return (noi_str){text, text ? strlen(text) : 0};
}

bool noi_str_eq(noi_str a, noi_str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool noi_str_is(noi_str a, const char *text) {
    return noi_str_eq(a, noi_str_of(text));
}

/* Bytes of white space at the start of p (1 for ASCII, 2 for U+00A0), 0 for none. */
static size_t space_at(const char *p, size_t n) {
    if (n && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
        return 1;
    return n >= 2 && (unsigned char)p[0] == 0xC2 && (unsigned char)p[1] == 0xA0 ? 2 : 0;
}

noi_str noi_str_trim(noi_str text) {
    for (size_t s; (s = space_at(text.p, text.n)) > 0; text.n -= s)
        text.p += s;
    while (text.n) {
        if (space_at(text.p + text.n - 1, 1) == 1)
            text.n -= 1;
        else if (text.n >= 2 && space_at(text.p + text.n - 2, 2) == 2)
            text.n -= 2;
        else
            break;
    }
    return text;
}

static void reserve(noi_buf *buf, size_t more) {
    NOI_GROW(buf->p, buf->capacity, buf->n + more + 1);
}

void noi_buf_add(noi_buf *buf, const void *bytes, size_t n) {
    reserve(buf, n);
    if (n)
        memcpy(buf->p + buf->n, bytes, n);
    buf->n += n;
    buf->p[buf->n] = '\0';
}

void noi_buf_add_str(noi_buf *buf, const char *text) {
    noi_buf_add(buf, text, strlen(text));
}

void noi_buf_add_char(noi_buf *buf, char c) {
    noi_buf_add(buf, &c, 1);
}

void noi_buf_printf(noi_buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n > 0) {
        reserve(buf, (size_t)n);
        vsnprintf(buf->p + buf->n, (size_t)n + 1, format, again);
        buf->n += (size_t)n;
    }
    va_end(again);
}

void noi_buf_clear(noi_buf *buf) {
    buf->n = 0;
    if (buf->p)
        buf->p[0] = '\0';
}

void noi_buf_free(noi_buf *buf) {
    free(buf->p);
    *buf = (noi_buf){0};
}

noi_str noi_buf_view(const noi_buf *buf) {
    return (noi_str){buf->p, buf->n};
}

typedef struct block {
    struct block *next;
    size_t size, used;
    _Alignas(16) unsigned char bytes[];
} block;

struct noi_arena {
    block *first; /* the block that pieces are cut from; older ones behind it */
};

static block *block_new(size_t size, block *next) {
    block *b = noi_alloc(sizeof *b + size);
    b->next = next;
    b->size = size;
    b->used = 0;
    return b;
}

noi_arena *noi_arena_new(void) {
    noi_arena *arena = noi_alloc(sizeof *arena);
    arena->first = block_new(1 << 16, NULL);
    return arena;
}

static void free_blocks(block *b) {
    while (b) {
        block *next = b->next;
        free(b);
        b = next;
    }
}

void noi_arena_free(noi_arena *arena) {
    if (!arena)
        return;
    free_blocks(arena->first);
    free(arena);
}

void noi_arena_reset(noi_arena *arena) {
    free_blocks(arena->first->next);
    arena->first->next = NULL;
    arena->first->used = 0;
}

void *noi_arena_alloc(noi_arena *arena, size_t size) {
    size = (size + 15) & ~(size_t)15;
    if (arena->first->used + size > arena->first->size) {
        size_t grown = arena->first->size * 2;
        arena->first = block_new(grown < size ? size : grown, arena->first);
    }
    void *piece = arena->first->bytes + arena->first->used;
    arena->first->used += size;
    return piece;
}

char *noi_arena_strndup(noi_arena *arena, const char *text, size_t length) {
    char *copy = noi_arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *noi_arena_format(noi_arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = noi_arena_alloc(arena, n < 0 ? 1 : (size_t)n + 1);
    text[0] = '\0';
    if (n >= 0)
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}
