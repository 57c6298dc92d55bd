// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/kernels/cuda/emulated_token_kernels.h"

#include "core/kernels/cuda/chunk_edges.cu"
#include "core/kernels/cuda/intrinsics.cuh"
#include "core/kernels/cuda/numbers.cuh"
#include "core/kernels/cuda/row.cuh"
#include "core/kernels/cuda/side_sum.cu"
#include "core/kernels/cuda/spectral_loss.cu"
#include "core/kernels/cuda/sum_shares.cu"
#include "core/kernels/cuda/tensor_table.cu"

// One namespace for each type of numbers.
#define FLOAT32 0
namespace bfloat16 {
#include "tests/core/kernels/cuda/emulated_number_kernels.h"
} // namespace bfloat16
#undef FLOAT32
#define FLOAT32 1
namespace float32 {
#include "tests/core/kernels/cuda/emulated_number_kernels.h"
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
    launcher.add({"chunk_edges", "addChunkEdges"}, addChunkEdges);
    bfloat16::addNumberKernels(launcher);
    float32::addNumberKernels(launcher);
}
