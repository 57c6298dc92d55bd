// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/setup/wheels.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

struct LibTorchRequest {
    std::vector<Wheel> wheels = {};    ///< of libTorchWheels()
    bool cuda = false;                 ///< with the libraries for cards
    std::string index = {};            ///< address of the package index
    std::filesystem::path folder = {}; ///< setupFolder()
};

/// What an installation does now, with its share of the whole.
struct LibTorchProgress {
    enum class Phase { Download, Unpack };
    Phase phase = Phase::Download;
    std::int64_t done = 0;  ///< bytes of all wheels
    std::int64_t total = 0; ///< of this phase
};

/// Downloads the wheels, checks their digests, and unpacks them under a temporary name beside the folder,
/// which they replace when they are complete. The folder is complete or not there at all times, but for a
/// moment between two renames if it existed. Downloads are kept in <folder>.download until all is done, so
/// that a second call continues them. Throws Error (Failure), also if another process installs into this
/// folder or the disk has too little space. One thread.
/// @return false if it was stopped
bool installLibTorch(const LibTorchRequest& request,
                     const std::function<void(const LibTorchProgress&)>& progress,
                     const std::stop_token& stop);

} // namespace headroom
