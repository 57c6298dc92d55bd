// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_header.h"

namespace headroom {

std::optional<RewrittenHeader> checkHeader(const FileBytes& file) {
    const std::string magic = file.read(0, 4);
    if (magic == "RIFF" || magic == "RIFX" || magic == "RF64" || magic == "BW64")
        return checkRiffHeader(file);
    if (magic == "riff")
        return checkWave64Header(file);
    if (magic == "FORM")
        return checkAiffHeader(file);
    if (magic == ".snd" || magic == "dns.")
        return checkAuHeader(file);
    if (magic == "caff")
        return checkCafHeader(file);
    return std::nullopt;
}

} // namespace headroom
