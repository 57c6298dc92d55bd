// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/kernels/cuda/emulated_token_kernels.h"

#include "core/kernels/cuda/chunk_edges.cu"
#include "core/kernels/cuda/gated_norm.cu"
#include "core/kernels/cuda/intrinsics.cuh"
#include "core/kernels/cuda/numbers.cuh"
#include "core/kernels/cuda/row.cuh"
#include "core/kernels/cuda/side_sum.cu"
#include "core/kernels/cuda/spectral_loss.cu"
#include "core/kernels/cuda/sum_shares.cu"
#include "core/kernels/cuda/tensor_table.cu"
#include "core/kernels/cuda/time_steps.cu"

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

// And one for each type of numbers.
#define FLOAT32 0
namespace bfloat16 {
#include "core/kernels/cuda/band_mask.cu"
#include "core/kernels/cuda/normalize_rows.cu"
} // namespace bfloat16
#undef FLOAT32
#define FLOAT32 1
namespace float32 {
#include "core/kernels/cuda/band_mask.cu"
#include "core/kernels/cuda/normalize_rows.cu"
} // namespace float32
#undef FLOAT32

void headroom::test::addTokenKernels(EmulatedLauncher& launcher) {
    launcher.add({"side_sum", "sumOfSides"}, sumOfSides);
    launcher.add({"sum_shares", "sumShares"}, sumShares);
    launcher.add({"tensor_table", "averageTensors"}, averageTensors);
    launcher.add({"tensor_table", "sumSquares"}, sumSquares);
    launcher.add({"tensor_table", "limitTensors"}, limitTensors);
    launcher.add({"spectral_loss", "sumModuli"}, sumModuli);
    launcher.add({"spectral_loss", "addFrames"}, addFrames);
    launcher.add({"time_steps", "timeStepsForward"}, timeStepsForward);
    launcher.add({"time_steps", "timeStepsBackward"}, timeStepsBackward);
    launcher.add({"chunk_edges", "addChunkEdges"}, addChunkEdges);
    launcher.add({"gated_norm", "gatedNormBackward"}, gatedNormBackward);
    const auto addNumbers = [&](const char* source, const char* function, auto narrow, auto wide) {
        launcher.add({source, function, {{"FLOAT32", 0}}}, narrow);
        launcher.add({source, function, {{"FLOAT32", 1}}}, wide);
    };
    addNumbers("normalize_rows", "normalizeRows", bfloat16::normalizeRows, float32::normalizeRows);
    addNumbers("normalize_rows", "normalizeRowsBackward", bfloat16::normalizeRowsBackward,
               float32::normalizeRowsBackward);
    addNumbers("band_mask", "bandMaskForward", bfloat16::bandMaskForward, float32::bandMaskForward);
    addNumbers("band_mask", "bandMaskBackward", bfloat16::bandMaskBackward, float32::bandMaskBackward);
    const auto addConvolution = [&](int taps, auto forward) {
        launcher.add({"convolution", "convolveForward", {{"TAPS", taps}}}, forward);
    };
    addConvolution(1, taps1::convolveForward);
    addConvolution(2, taps2::convolveForward);
    addConvolution(3, taps3::convolveForward);
    addConvolution(4, taps4::convolveForward);
}
