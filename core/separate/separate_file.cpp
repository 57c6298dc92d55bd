// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/separate_file.h"

#include "core/audio/audio_reader.h"
#include "core/audio/bad_samples.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {

std::optional<SeparatedFile> separateFile(const SegmentModel& model, const std::filesystem::path& input,
                                          const StemOutput& output, const std::stop_token& stop,
                                          const SeparationProgress& progress, const FrameRange& range) {
    AudioReader reader(input);
    AudioReader delayed(input); // reads the input again when its stems are ready, which needs no buffer
    const AudioInfo& info = reader.info();
    const std::int64_t end = std::min(range.end, info.frames);
    if (range.first < 0 || range.first >= end)
        throw Error(ErrorKind::Input,
                    fmt::format("the part is outside of the song of {:.3f} s", info.seconds()),
                    input.string());
    AudioStream stream{input.string(), info.sampleRate, info.channels, info.frames, {}};
    stream.read = [&](std::int64_t first, std::int64_t frames) {
        if (reader.position() != first)
            reader.seek(first);
        AudioBuffer block = reader.read(frames);
        requireFinite(block, input);
        return block;
    };
    delayed.seek(range.first);
    StemFiles files(
        output.files, model.stems,
        {info.sampleRate, info.channels, end - range.first, output.container, output.encoding, info.tags});
    const auto write = [&](const std::vector<AudioBuffer>& stems) {
        files.write(delayed.read(stems.front().frames()), stems);
    };
    if (!separateStream(model, stream, {range.first, end}, write, stop, progress))
        return std::nullopt;
    files.commit();
    return SeparatedFile{files.paths(), end - range.first, info.sampleRate, files.clippedSamples(),
                         files.nullTestDecibels()};
}

} // namespace headroom
