#pragma once

#include "core/values/forecast.h"

#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// What NVIDIA's driver says of this machine.
struct CudaDriver {
    bool found = false;           ///< its library is there
    int error = 0;                ///< what its initialization returned: 0, or a CUresult
    int cudaVersion = 0;          ///< the newest CUDA that it supports: 13000 for 13.0
    std::vector<Card> cards = {}; ///< in CUDA's order; without compute capability where it says nothing
};

/// Asks the driver by name at run time: neither CUDA's headers nor a card are needed, and no context is made.
/// Any thread.
CudaDriver askCudaDriver(const std::string& library = "libcuda.so.1");

/// Why a card cannot be used, and what to do about it: both sentences, `what` without full stop.
struct CardTrouble {
    std::string what;
    std::string remedy;
};

/// What stands between a LibTorch that was built with CUDA `cudaMajor` and card `index` of the machine;
/// absent where it can be used.
std::optional<CardTrouble> troubleWith(const CudaDriver& driver, int cudaMajor, int index);

/// The same for the best of all cards.
std::optional<CardTrouble> troubleWithAll(const CudaDriver& driver, int cudaMajor);

} // namespace headroom
