// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The kernels for numbers of FLOAT32, in the namespace that includes this. Included once for each type.

// One namespace for each number of taps.
#define TAPS 1
namespace taps1 {
#include "core/kernels/cuda/convolution.cu"
}
#undef TAPS
#define TAPS 2
namespace taps2 {
#include "core/kernels/cuda/convolution.cu"
}
#undef TAPS
#define TAPS 3
namespace taps3 {
#include "core/kernels/cuda/convolution.cu"
}
#undef TAPS
#define TAPS 4
namespace taps4 {
#include "core/kernels/cuda/convolution.cu"
}
#undef TAPS

#include "core/kernels/cuda/band_mask.cu"
#include "core/kernels/cuda/gated_norm.cu"
#include "core/kernels/cuda/normalize_rows.cu"
#include "core/kernels/cuda/time_steps.cu"
#include "core/kernels/cuda/transfer.cu"

inline void addNumberKernels(headroom::test::EmulatedLauncher& launcher) {
    const auto add = [&](const char* source, const char* function, auto kernel) {
        launcher.add({source, function, {{"FLOAT32", FLOAT32}}}, kernel);
    };
    add("normalize_rows", "normalizeRows", normalizeRows);
    add("normalize_rows", "normalizeRowsBackward", normalizeRowsBackward);
    add("band_mask", "bandMaskForward", bandMaskForward);
    add("band_mask", "bandMaskBackward", bandMaskBackward);
    add("gated_norm", "gatedNormForward", gatedNormForward);
    add("gated_norm", "gatedNormBackward", gatedNormBackward);
    add("time_steps", "timeStepsForward", timeStepsForward);
    add("time_steps", "timeStepsBackward", timeStepsBackward);
    add("transfer", "transferForward", transferForward);
    add("transfer", "transferBackward", transferBackward);
    const auto addConvolution = [&](int taps, auto forward, auto backward) {
        launcher.add({"convolution", "convolveForward", {{"FLOAT32", FLOAT32}, {"TAPS", taps}}}, forward);
        launcher.add({"convolution", "convolveBackward", {{"FLOAT32", FLOAT32}, {"TAPS", taps}}}, backward);
    };
    addConvolution(1, taps1::convolveForward, taps1::convolveBackward);
    addConvolution(2, taps2::convolveForward, taps2::convolveBackward);
    addConvolution(3, taps3::convolveForward, taps3::convolveBackward);
    addConvolution(4, taps4::convolveForward, taps4::convolveBackward);
}
