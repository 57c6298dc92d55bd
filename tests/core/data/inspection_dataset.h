// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_file.h"
#include "core/data/inspect.h"
#include "tests/support/read_audio.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>

namespace headroom::test::inspection {

inline constexpr std::int64_t frames = 22050;
using Change = std::function<void(AudioBuffer&)>;

/// Writes two training songs and one test song without problems.
inline void writeSongs(const std::filesystem::path& root) {
    std::uint64_t seed = 0;
    for (const char* song : {"train/one", "train/two", "test/three"}) {
        std::filesystem::create_directories(root / song);
        AudioBuffer mixture(2, frames);
        for (const char* stem : {"vocals.wav", "bass.wav"}) {
            const AudioBuffer audio = noise(2, frames, ++seed, 0.25F);
            std::ranges::transform(mixture.samples(), audio.samples(), mixture.samples().begin(),
                                   std::plus{});
            writeAudio(root / song / stem, audio, {});
        }
        writeAudio(root / song / "mixture.wav", mixture, {});
    }
}

/// A copy of these songs that a test may modify.
class Dataset {
public:
    Dataset() {
        static const QTemporaryDir audio;
        const std::filesystem::path source = audio.path().toStdString();
        if (std::filesystem::is_empty(source))
            writeSongs(source);
        std::filesystem::copy(source, path(), std::filesystem::copy_options::recursive);
    }

    std::filesystem::path path(const std::string& file = {}) const {
        return std::filesystem::path(folder_.path().toStdString()) / file;
    }

    void write(const std::string& file, const AudioBuffer& audio, AudioSpec spec = {}) const {
        std::filesystem::create_directories(path(file).parent_path());
        writeAudio(path(file), audio, spec);
    }
    void change(const std::string& file, const Change& change) const {
        AudioBuffer audio = readAudio(path(file));
        change(audio);
        write(file, audio);
    }

    DatasetReport inspect() const { return inspectDataset(path()).value(); }

private:
    QTemporaryDir folder_;
};

inline const FileReport& file(const DatasetReport& report, const std::string& song, const std::string& stem) {
    const auto found =
        std::ranges::find_if(report.songs, [&](const SongReport& s) { return s.title() == song; });
    return *std::ranges::find(found->files, stem, &FileReport::stem);
}

inline std::string textOf(const DatasetReport& report) {
    std::string text;
    for (const DatasetProblem& problem : report.problems)
        text += severityName(problem.severity) + " [" + problem.kind + "] " + problem.text + "\n";
    return text;
}

} // namespace headroom::test::inspection
