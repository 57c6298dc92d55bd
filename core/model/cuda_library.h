// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace headroom {

/// Loads the part of LibTorch for cards, libtorch_cuda.so, if this machine has an NVIDIA driver. It and the
/// libraries that it needs take seconds to load and are 3 GB, which a machine without a card need not have.
/// Call once, before the first use of LibTorch, which asks once whether that part is there. A failure is
/// logged; cudaLibraryProblem() then has the reason.
void loadCudaLibrary();

/// Why that part is not there although there is a driver, without a period; empty if it is there or not
/// needed.
std::string cudaLibraryProblem();

} // namespace headroom
