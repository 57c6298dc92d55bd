// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/song_reader.h"

#include "core/audio/audio_file.h"
#include "core/engine/stereo_samples.h"

namespace headroom {

SongReader::SongReader(const std::filesystem::path& path, int sampleRate)
    : path_(path), reader_(path), sampleRate_(sampleRate > 0 ? sampleRate : reader_.info().sampleRate),
      resampler_(std::make_unique<Resampler>(reader_.info().sampleRate, sampleRate_, 2)) {
    withChannels(AudioBuffer(reader_.info().channels, 0), 2, path.string());
}

std::int64_t SongReader::frames() const {
    return Resampler::outputFrames(reader_.info().frames, reader_.info().sampleRate, sampleRate_);
}

std::string SongReader::notice() const {
    const std::string& notice = reader_.info().notice;
    return notice.empty() ? std::string() : path_.string() + ": " + notice;
}

std::vector<float> SongReader::read(std::int64_t frames) {
    const auto count = static_cast<std::size_t>(2 * frames);
    fill(frames);
    ready_.resize(std::max(ready_.size(), count));
    std::vector<float> samples(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(count));
    ready_.erase(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(count));
    return samples;
}

/// Decodes until `frames` frames are ready or the file ends.
void SongReader::fill(std::int64_t frames) {
    constexpr std::int64_t blockFrames = 65536;
    while (resampler_ && std::ssize(ready_) < 2 * frames) {
        const bool ended = reader_.position() == reader_.info().frames;
        const AudioBuffer audio =
            ended ? resampler_->finish()
                  : resampler_->process(withChannels(reader_.read(blockFrames), 2, path_.string()));
        const AudioBlock block = audioBlock(audio);
        ready_.insert(ready_.end(), block->begin(), block->end());
        if (ended)
            resampler_.reset();
    }
}

} // namespace headroom
