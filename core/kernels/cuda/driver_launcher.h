// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/launcher.h"

namespace headroom {

/// Launches kernels on LibTorch's current CUDA device and stream. Compiles and loads a source file when one
/// of its kernels is first used on a device, which takes a little device memory; it stays loaded until the
/// process ends. Any thread.
/// @throws Error (Failure) if the driver is missing or lacks a function
KernelLauncher& driverLauncher();

} // namespace headroom
