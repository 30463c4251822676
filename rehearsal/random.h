/*
 * random.h: numbers that look random and are the same on every machine: splitmix64 (Sebastiano
 * Vigna, public domain, https://prng.di.unimi.it/splitmix64.c). A stream is started from the seed
 * of the rehearsal and the number of a record, so that any record can be made again without the
 * ones before it.
 */
#ifndef NOI_REHEARSAL_RANDOM_H
#define NOI_REHEARSAL_RANDOM_H

#include <stdint.h>

typedef struct noi_random {
    uint64_t state;
} noi_random;

static inline uint64_t noi_random_mix(uint64_t z) {
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* The stream of record `number` of kind `kind`. */
static inline noi_random noi_random_of(uint64_t seed, uint64_t kind, uint64_t number) {
    return (noi_random){noi_random_mix(noi_random_mix(seed ^ (kind << 56)) + number)};
}

static inline uint64_t noi_random_next(noi_random *random) {
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    return noi_random_mix(random->state);
}

/* 0 <= result < n, for n > 0. The bias of the multiplication, below 2^-32, does not matter here. */
static inline uint32_t noi_random_below(noi_random *random, uint32_t n) {
    return (uint32_t)(((noi_random_next(random) >> 32) * n) >> 32);
}

/* 0 <= result < 1, 53 bits. */
static inline double noi_random_unit(noi_random *random) {
    return (double)(noi_random_next(random) >> 11) * 0x1p-53;
}

#endif
