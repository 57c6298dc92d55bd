// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tensors of bfloat16 or float32 alike. Kernels for both are compiled with FLOAT32 0 and 1.
#pragma once

#include "core/kernels/cuda/intrinsics.cuh"

/// The real and imaginary part of a bin, or any two numbers.
struct Pair {
    float first;
    float second;
};

DEVICE Pair loadPair(const u16* from) {
    const u32 pair = *reinterpret_cast<const u32*>(from);
    return {low16(pair), high16(pair)};
}
DEVICE Pair loadPair(const float* from) {
    return {from[0], from[1]};
}
DEVICE void storePair(u16* to, const Pair& pair) {
    *reinterpret_cast<u32*>(to) = packBfloat16(pair.first, pair.second);
}
DEVICE void storePair(float* to, const Pair& pair) {
    to[0] = pair.first;
    to[1] = pair.second;
}

/// Any one number.
DEVICE float loadNumber(const u16* from) {
    return low16(*from);
}
DEVICE float loadNumber(const float* from) {
    return *from;
}
DEVICE void storeNumber(u16* to, float number) {
    *to = static_cast<u16>(packBfloat16(number, 0));
}
DEVICE void storeNumber(float* to, float number) {
    *to = number;
}

/// exp(x) and 1 / (1 + exp(-x)), as exact as the type needs.
template <class Number>
DEVICE float exponentialFor(float x) {
    return sizeof(Number) == sizeof(float) ? exactExponential(x) : exponential(x);
}
template <class Number>
DEVICE float sigmoidFor(float x) {
    return inverse(1.0F + exponentialFor<Number>(-x));
}

/// As widen() and narrowed() of bfloat16.
DEVICE void widen(const Four& from, float (&to)[4]) {
#pragma unroll
    for (int i = 0; i < 4; ++i)
        to[i] = from.number[i];
}
DEVICE Four narrowed(const float (&from)[4]) {
    return {{from[0], from[1], from[2], from[3]}};
}

/// One of the numbers of a vector.
DEVICE float numberAt(const Eight& vector, int i) {
    return i % 2 == 0 ? low16(vector.pair[i / 2]) : high16(vector.pair[i / 2]);
}
DEVICE float numberAt(const Four& vector, int i) {
    return vector.number[i];
}

/// Loads eight numbers that the kernel does not write, from an address aligned to 16 bytes.
DEVICE void loadEight(const u16* from, float (&to)[8]) {
    widen(load(from), to);
}
DEVICE void loadEight(const float* from, float (&to)[8]) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
        const Four numbers = load(from + 4 * half);
#pragma unroll
        for (int i = 0; i < 4; ++i)
            to[4 * half + i] = numbers.number[i];
    }
}
/// The same for numbers that the kernel also writes.
DEVICE void loadMutableEight(const u16* from, float (&to)[8]) {
    widen(loadMutable(from), to);
}
DEVICE void loadMutableEight(const float* from, float (&to)[8]) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
        const Four numbers = loadMutable(from + 4 * half);
#pragma unroll
        for (int i = 0; i < 4; ++i)
            to[4 * half + i] = numbers.number[i];
    }
}
/// Four numbers, in memory that the kernel may write, at an address aligned to their size.
DEVICE void loadFour(const u16* from, float (&to)[4]) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
        const Pair pair = loadPair(from + 2 * half);
        to[2 * half] = pair.first;
        to[2 * half + 1] = pair.second;
    }
}
DEVICE void loadFour(const float* from, float (&to)[4]) {
    widen(loadMutable(from), to);
}
DEVICE void storeFour(u16* to, const float (&numbers)[4]) {
    storePair(to, {numbers[0], numbers[1]});
    storePair(to + 2, {numbers[2], numbers[3]});
}
DEVICE void storeFour(float* to, const float (&numbers)[4]) {
    store(to, narrowed(numbers));
}
/// Stores eight numbers at an address aligned to 16 bytes.
DEVICE void storeEight(u16* to, const float (&numbers)[8]) {
    store(to, narrowed(numbers));
}
DEVICE void storeEight(float* to, const float (&numbers)[8]) {
    store(to, Four{{numbers[0], numbers[1], numbers[2], numbers[3]}});
    store(to + 4, Four{{numbers[4], numbers[5], numbers[6], numbers[7]}});
}
