// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/ogg_pages.h"
#include "core/audio/sndfile_decoder.h"

#include <cstdint>
#include <memory>

namespace headroom {

/// Decodes an Ogg file (Vorbis, Opus) and seeks exactly, which libsndfile alone does not: in Vorbis, it is
/// wrong by hundreds of frames in the last page and after a seek by less than a second.
class OggDecoder final : public SndfileDecoder {
public:
    /// Throws Error (Input) if libsndfile cannot decode the file.
    OggDecoder(std::shared_ptr<const FileBytes> file, const OggPages& pages);

    bool seek(std::int64_t frame) override;

private:
    OggPages pages_;
};

} // namespace headroom
