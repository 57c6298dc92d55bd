// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/cards/cuda_driver.h"
#include "core/setup/libtorch_folder.h"
#include "core/support/machine_memory.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// Instructions of the CPU that LibTorch or our kernels use.
struct CpuFeatures {
    bool avx2 = false;
    bool avx512 = false;
    bool amxBfloat16 = false; ///< tiles for matrix products in bfloat16
};

/// Reads them from the text of /proc/cpuinfo.
CpuFeatures cpuFeatures(std::string_view cpuInfo);

/// Free space where Headroom writes.
struct DiskSpace {
    std::string purpose; ///< "cache", "runs and models"
    std::filesystem::path folder;
    std::int64_t free = 0; ///< bytes; -1: unknown
};

/// What Headroom needs of a machine, as it was found.
struct Machine {
    std::optional<LibTorchFolder> libTorch; ///< absent: missingLibTorch
    std::string missingLibTorch;
    CudaDriver driver;
    std::string driverVersion;                           ///< "580.65.06"; empty: unknown
    std::vector<std::optional<std::int64_t>> freeMemory; ///< bytes of each card of the driver
    std::string allocatorSettings; ///< of PYTORCH_ALLOC_CONF or PYTORCH_CUDA_ALLOC_CONF; empty: none
    CpuFeatures cpu;
    int threads = 0;
    MachineMemory memory;
    std::vector<DiskSpace> disks;
    std::string sound; ///< "PulseAudio or PipeWire", "ALSA"; empty: nothing plays
};

/// What PyPI's LibTorch needs of a card.
inline constexpr int requiredCudaMajor = 13;
inline constexpr int requiredCapability = 75; ///< ten times the compute capability

/// Whether this machine has a card that LibTorch supports, for which its libraries for cards are worth a
/// download.
bool hasSupportedCard();

/// Inspects this machine. Loads the NVIDIA driver, but not LibTorch.
Machine inspectMachine();

} // namespace headroom
