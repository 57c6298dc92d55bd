// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// The NVIDIA driver of this machine and the cards that it reports.
struct CudaDriver {
    bool found = false;           ///< the library could be loaded and has all functions
    int error = 0;                ///< CUresult of its initialization; 0: success
    int cudaVersion = 0;          ///< newest supported CUDA version: 13000 for 13.0
    std::vector<Card> cards = {}; ///< in CUDA's order; compute capability 0 if the driver does not report it
    std::vector<std::string> busIds = {}; ///< PCI addresses of the cards; empty text if not reported
};

/// Loads the driver library and queries it. Needs no CUDA headers and creates no context. Any thread.
CudaDriver queryCudaDriver(const std::string& library = "libcuda.so.1");

/// Why a card cannot be used, and what to do about it.
struct CardProblem {
    std::string what;   ///< a sentence without a period
    std::string remedy; ///< a sentence
};

/// Why a LibTorch built with CUDA `cudaMajor` cannot use card `index` of this machine; absent if it can.
std::optional<CardProblem> problemWith(const CudaDriver& driver, int cudaMajor, int index);

/// Why it cannot use any card: the problem of the newest one; absent if it can use that one.
std::optional<CardProblem> problemWithAll(const CudaDriver& driver, int cudaMajor);

} // namespace headroom
