// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/separation.h"

#include <functional>
#include <stop_token>
#include <string>

/// Separation of audio files into stem files, on the calling thread.
namespace headroom {

struct SeparationObserver {
    std::function<void(const std::string& notice)> onNotice;
    std::function<void(const SeparationState&)> onProgress;
    std::function<void(const SeparatedSong&)> onSong; ///< called once per song, finished or failed
};

/// Separates all inputs. First loads the model, checks that every output can be opened and does not exist
/// (unless `overwrite`), and checks the free disk space. If one of several inputs fails, continues with the
/// others; if the only input fails, throws. Throws Error (Input) or (Failure).
SeparationSummary separateFiles(const SeparationRequest& request, const std::stop_token& stop,
                                const SeparationObserver& observer);

} // namespace headroom
