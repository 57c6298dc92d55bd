// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/launcher.h"
#include "core/kernels/kernel_cost.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

/// Kernel arguments from tensors. Addresses are null on Meta.
namespace headroom {

/// Throws unless the tokens [..., width] are contiguous bfloat16, aligned to 16 bytes, and `width` is a
/// multiple of 8.
inline void checkTokens(const at::Tensor& tokens, const char* name) {
    TORCH_CHECK(tokens.scalar_type() == at::kBFloat16 && tokens.is_contiguous(), name,
                " must be contiguous bfloat16 tokens");
    TORCH_CHECK(tokens.size(-1) % 8 == 0 && tokens.numel() > 0, name,
                " must have a multiple of 8 columns, not ", tokens.size(-1));
    TORCH_CHECK(tokens.is_meta() || reinterpret_cast<std::uintptr_t>(tokens.data_ptr()) % 16 == 0, name,
                " must begin at a multiple of 16 bytes");
}

/// Throws unless the numbers are contiguous bfloat16 or float32, aligned to 16 bytes.
inline void checkNumbers(const at::Tensor& numbers, const char* name) {
    TORCH_CHECK((numbers.scalar_type() == at::kBFloat16 || numbers.scalar_type() == at::kFloat) &&
                    numbers.is_contiguous() && numbers.numel() > 0,
                name, " must be contiguous, in bfloat16 or float32");
    TORCH_CHECK(numbers.is_meta() || reinterpret_cast<std::uintptr_t>(numbers.data_ptr()) % 16 == 0, name,
                " must begin at a multiple of 16 bytes");
}

/// Throws unless these are tokens [R, L, width] of `type`, each contiguous, at multiples of 16 bytes. Tokens
/// may be columns of wider ones, and rows the first positions of longer ones.
inline void checkViewedTokens(const at::Tensor& tokens, at::ScalarType type, const char* name) {
    TORCH_CHECK(tokens.dim() == 3 && tokens.scalar_type() == type && tokens.numel() > 0 &&
                    (tokens.size(2) == 1 || tokens.stride(2) == 1) &&
                    (type == at::kBFloat16 || type == at::kFloat),
                name, " must be tokens [R, L, width] in bfloat16 or float32, all alike");
    const auto multiple = static_cast<std::int64_t>(16 / tokens.element_size());
    TORCH_CHECK((tokens.size(0) == 1 || tokens.stride(0) % multiple == 0) &&
                    (tokens.size(1) == 1 || tokens.stride(1) % multiple == 0) &&
                    (tokens.is_meta() || reinterpret_cast<std::uintptr_t>(tokens.data_ptr()) % 16 == 0),
                "tokens of ", name, " must begin at multiples of 16 bytes");
}
/// Numbers from a token to the next of `tokens`, columns of contiguous tokens: throws if they are not.
inline std::int64_t tokenStride(const at::Tensor& tokens, const char* name) {
    if (tokens.size(1) == 1)
        return tokens.size(0) == 1 ? tokens.size(2) : tokens.stride(0);
    TORCH_CHECK(tokens.size(0) == 1 || tokens.stride(0) == tokens.size(1) * tokens.stride(1), name,
                " must be columns of contiguous tokens");
    return tokens.stride(1);
}
/// Numbers from a row to the next of `tokens`, the first positions of longer rows: throws if they are not.
inline std::int64_t rowStride(const at::Tensor& tokens, const char* name) {
    TORCH_CHECK((tokens.size(2) == 1 || tokens.stride(2) == 1) &&
                    (tokens.size(1) == 1 || tokens.stride(1) == tokens.size(2)),
                name, " must have contiguous rows");
    return tokens.size(0) == 1 ? tokens.size(1) * tokens.size(2) : tokens.stride(0);
}

/// The kernel that is compiled for numbers of this type.
inline CudaKernel kernelFor(at::ScalarType numbers, const char* source, const char* function) {
    return {source, function, {{"FLOAT32", numbers == at::kFloat ? 1 : 0}}};
}

/// Throws unless the parameters are `count` contiguous float32 numbers, aligned to 16 bytes.
inline void checkParameters(const at::Tensor& parameters, std::int64_t count, const char* name) {
    TORCH_CHECK(parameters.scalar_type() == at::kFloat && parameters.is_contiguous() &&
                    parameters.numel() == count,
                name, " must be ", count, " contiguous float32 numbers");
    TORCH_CHECK(parameters.is_meta() || reinterpret_cast<std::uintptr_t>(parameters.data_ptr()) % 16 == 0,
                name, " must begin at a multiple of 16 bytes");
}

/// @param firstColumn column of the first token that the address points to
inline std::uint16_t* tokenData(const at::Tensor& tokens, std::int64_t firstColumn = 0) {
    return tokens.is_meta() ? nullptr : static_cast<std::uint16_t*>(tokens.data_ptr()) + firstColumn;
}
/// Of bfloat16 or float32.
/// @param first the number that the address points to
inline void* numberData(const at::Tensor& numbers, std::int64_t first = 0) {
    return numbers.is_meta() ? nullptr
                             : static_cast<char*>(numbers.data_ptr()) +
                                   first * static_cast<std::int64_t>(numbers.element_size());
}
inline float* floatData(const at::Tensor& numbers) {
    return numbers.is_meta() ? nullptr : static_cast<float*>(numbers.data_ptr());
}

/// Number of tokens [..., width].
inline std::int64_t tokenCount(const at::Tensor& tokens) {
    return tokens.numel() / tokens.size(-1);
}

inline double bytesOf(const at::Tensor& x) {
    return static_cast<double>(x.numel()) * static_cast<double>(x.element_size());
}

/// Reports the cost of a kernel without matrix products.
/// @param bytes read and written
inline void reportLaunch(double bytes) {
    reportKernelCost({.bytes = bytes, .calls = 1});
}

} // namespace headroom
