// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/separate_file.h"

#include "core/audio/audio_reader.h"
#include "core/audio/bad_samples.h"
#include "core/separate/stem_files.h"
#include "core/separate/stream_separator.h"

namespace headroom {
namespace {

std::optional<SeparatedFile> separate(const SegmentModel& model, const std::filesystem::path& input,
                                      const StemOutput& output, const std::stop_token& stop,
                                      const SeparationProgress& progress) {
    AudioReader reader(input);
    AudioReader delayed(input); // reads the input again when its stems are ready, which needs no buffer
    const AudioInfo& info = reader.info();
    StreamSeparator separator(model, info.sampleRate, info.channels, input.string());
    StemFiles files(output.folder, model.stems, output.stems,
                    {info.sampleRate, info.channels, info.frames, output.container, output.encoding});
    const auto write = [&](const std::vector<AudioBuffer>& stems) {
        files.write(delayed.read(stems.front().frames()), stems);
        progress(delayed.position(), info.frames);
    };

    while (reader.position() < info.frames) {
        if (stop.stop_requested())
            return std::nullopt;
        const AudioBuffer block = reader.read(separator.blockFrames());
        requireFinite(block, input);
        write(separator.process(block));
    }
    if (stop.stop_requested())
        return std::nullopt;
    write(separator.finish());
    files.commit();

    SeparatedFile result{files.paths(), info.frames, info.sampleRate, files.clippedSamples(), std::nullopt};
    if (files.sumsToInput())
        result.nullTestDecibels = files.nullTestDecibels();
    return result;
}

} // namespace

std::optional<SeparatedFile> separateFile(const SegmentModel& model, const std::filesystem::path& input,
                                          const StemOutput& output, const std::stop_token& stop,
                                          const SeparationProgress& progress) {
    try {
        return separate(model, input, output, stop, progress);
    } catch (const SeparationStopped&) {
        return std::nullopt;
    }
}

} // namespace headroom
