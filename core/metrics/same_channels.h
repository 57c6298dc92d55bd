// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/support/error.h"

#include <string>

namespace headroom {

/// Throws Error (Input) if the numbers of channels differ.
inline void requireSameChannels(const AudioBuffer& truth, const AudioBuffer& estimate) {
    if (truth.channels() != estimate.channels())
        throw Error(ErrorKind::Input, "an estimate with " + std::to_string(estimate.channels()) +
                                          " channels cannot be scored against a ground truth with " +
                                          std::to_string(truth.channels()));
}

} // namespace headroom
