// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/kernels/cuda/emulated_scan.h"

#include "core/kernels/cuda/intrinsics.cuh"
#include "core/kernels/cuda/scan.cuh"
#include "core/kernels/cuda/scan_backward.cuh"
#include "core/kernels/cuda/tile_convolution.cuh"

// clang-format off
#define HEADDIM 32
#define STATE 16
#include "tests/core/kernels/cuda/emulated_scan_kernels.h"
#define HEADDIM 32
#define STATE 32
#include "tests/core/kernels/cuda/emulated_scan_kernels.h"
#define HEADDIM 32
#define STATE 64
#include "tests/core/kernels/cuda/emulated_scan_kernels.h"
#define HEADDIM 32
#define STATE 128
#include "tests/core/kernels/cuda/emulated_scan_kernels.h"
#define HEADDIM 64
#define STATE 16
#include "tests/core/kernels/cuda/emulated_scan_kernels.h"
#define HEADDIM 64
#define STATE 32
#include "tests/core/kernels/cuda/emulated_scan_kernels.h"
#define HEADDIM 64
#define STATE 64
#include "tests/core/kernels/cuda/emulated_scan_kernels.h"
#define HEADDIM 64
#define STATE 128
#include "tests/core/kernels/cuda/emulated_scan_kernels.h"
// clang-format on

void headroom::test::addScan(EmulatedLauncher& launcher) {
    scan_32_16::add(launcher);
    scan_32_32::add(launcher);
    scan_32_64::add(launcher);
    scan_32_128::add(launcher);
    scan_64_16::add(launcher);
    scan_64_32::add(launcher);
    scan_64_64::add(launcher);
    scan_64_128::add(launcher);
}
