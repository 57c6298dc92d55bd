// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/audio/audio_tags.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace headroom {

/// Format and length of an audio file.
struct AudioInfo {
    int sampleRate = 0; ///< Hz
    int channels = 0;
    std::int64_t frames = 0; ///< readable frames, which may differ from the header
    std::string container;   ///< "WAV", "RF64", "FLAC", "MPEG", "MP4", ...
    std::string encoding;    ///< "PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "AAC", ...
    /// About an incorrect length in the header, a downmix, or tracks that are not read; usually empty.
    std::string notice = {};
    AudioTags tags = {};

    double seconds() const { return sampleRate > 0 ? static_cast<double>(frames) / sampleRate : 0; }
};

/// Whether an encoding (see AudioInfo) loses quality: MPEG, Vorbis, Opus, AAC, WMA, ...
bool isLossy(std::string_view encoding);

/// Reads an audio file of any format that libsndfile or libmpg123 supports, and of those that FFmpeg's
/// libraries support the usual ones (FfmpegDemuxer). One thread at a time. Surround sound whose loudspeakers
/// are known is mixed down to stereo (Downmix), and info().notice says so.
///
/// The length is determined from the contents of the file, not from its header alone. If the header has no
/// length (written to a pipe, more than 4 GiB in a WAV file) or a length that is too small, everything is
/// read and info().notice reports it. If the file is shorter than its header claims, it is truncated and the
/// constructor throws. MP3 and some FLAC files must be scanned to find their length. This is done once per
/// process and file, in constant memory. For most FLAC files, reading the end is enough. What FFmpeg's
/// libraries read is decoded once, which also finds its damage.
///
/// Integer samples of b bits become value / 2^(b-1). Float samples are returned unchanged, even if they are
/// not finite. Frames do not depend on where reading began, except for rounding. All errors name the file.
/// ErrorKind::Input: missing, a folder, empty, not an audio file, no samples, truncated, several files joined
/// in one, an implausible sample rate. Damage inside a compressed file is only found when the damaged part is
/// read. ErrorKind::Failure: the system cannot read the file (no permission, the disk fails); such an error
/// may be temporary, and the file needs a new reader.
class AudioReader {
public:
    /// Range of supported sample rates, in Hz.
    static constexpr int lowestRate = 1000;
    static constexpr int highestRate = 1536000;

    explicit AudioReader(const std::filesystem::path& path);
    AudioReader(AudioReader&&) noexcept;
    AudioReader& operator=(AudioReader&&) noexcept;
    ~AudioReader();

    const AudioInfo& info() const;
    std::int64_t position() const; ///< the next frame that read() returns

    /// @param frame 0 ... info().frames
    void seek(std::int64_t frame);

    /// Returns the next `frames` frames, fewer only at the end of the file.
    AudioBuffer read(std::int64_t frames);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace headroom
