// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/launcher.h"

namespace headroom {

/// Starts kernels on the current CUDA device of LibTorch and its current stream. Compiles and loads a source
/// when a kernel of it is first used on a device, which takes a little memory of the device; it stays loaded
/// until the process ends. Any thread.
/// @throws Error (Failure) if the driver is missing or lacks a function
KernelLauncher& driverLauncher();

} // namespace headroom
