#pragma once

#include "core/values/separation.h"

#include <functional>
#include <stop_token>
#include <string>

/// Separating sound files into stems. Plain values; everything on the caller's thread.
namespace headroom {

struct SeparationObserver {
    std::function<void(const std::string& notice)> onNotice;
    std::function<void(const SeparationState&)> onProgress;
    std::function<void(const SeparatedSong&)> onSong; ///< once for every song that is done or has failed
};

/// Separates all inputs. Before the first is begun everything is tried that can be: the model loads, every
/// output can be opened, none is there already (unless `overwrite`), and the disk has room.
/// With several inputs one that fails does not end the work; a single one throws.
/// Throws Error (Input) or (Failure).
SeparationSummary separateFiles(const SeparationRequest& request, const std::stop_token& stop,
                                const SeparationObserver& observer);

} // namespace headroom
