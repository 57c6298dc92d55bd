// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/tiny_dataset.h"

#include "core/audio/audio_file.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <functional>

namespace headroom::test {

void TinyDataset::add(const std::string& folder, const TinySong& song) {
    std::filesystem::create_directories(root() / folder);
    AudioBuffer mixture(song.spec.channels, song.frames);
    const auto write = [&](const std::string& stem, const AudioBuffer& audio) {
        writeAudio(root() / folder / (stem + fileExtension(song.spec.container)), audio, song.spec);
    };
    for (const std::string& stem : song.stems) {
        const AudioBuffer audio = noise(song.spec.channels, song.frames, ++seed_, 0.2F);
        std::ranges::transform(audio.samples(), mixture.samples(), mixture.samples().begin(), std::plus());
        write(stem, audio);
    }
    if (song.withMixture)
        write("mixture", mixture);
}

std::filesystem::path TinyDataset::file(const std::string& folder, const std::string& stem) const {
    const auto wav = root() / folder / (stem + ".wav");
    return std::filesystem::exists(wav) ? wav : root() / folder / (stem + ".flac");
}

} // namespace headroom::test
