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
inline void* numberData(const at::Tensor& numbers) {
    return numbers.is_meta() ? nullptr : numbers.data_ptr();
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
