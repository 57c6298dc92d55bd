// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_decoder.h"
#include "core/audio/downmix.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace headroom {

/// The stereo downmix of what another decoder reads. info().notice says how it is mixed.
class DownmixDecoder final : public AudioDecoder {
public:
    /// @param decoder of downmix.channels() channels
    DownmixDecoder(std::unique_ptr<AudioDecoder> decoder, Downmix downmix);

    const AudioInfo& info() const override { return info_; }
    bool seek(std::int64_t frame) override { return decoder_->seek(frame); }
    std::int64_t read(std::span<float> interleaved) override;

private:
    std::unique_ptr<AudioDecoder> decoder_;
    Downmix downmix_;
    AudioInfo info_;
    std::vector<float> surround_ = {};
};

} // namespace headroom
